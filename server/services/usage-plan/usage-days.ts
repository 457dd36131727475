import { database } from "@/server/db/client";

export type UsageDayPoint = {
  /** YYYY-MM-DD, UTC. */ day: string;
  count: number;
  throttled: number;
  shadowed: number;
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** The first of the last `days` UTC days, of which today is one. */
export function firstDay(days: number, now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - (days - 1) * DAY_MS);
}

/** Requests per UTC day of the last `days` days, days without requests included. */
export async function usageDays(
  of: { planId?: string; keyId?: string },
  days: number,
  now: Date,
): Promise<UsageDayPoint[]> {
  const first = firstDay(days, now);
  const rows = await database().usageDay.groupBy({
    by: ["day"],
    where: { ...of, day: { gte: first } },
    _sum: { count: true, throttled: true, shadowed: true },
  });
  const byDay = new Map(rows.map((row) => [row.day.toISOString().slice(0, 10), row._sum]));
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(first.getTime() + index * DAY_MS).toISOString().slice(0, 10);
    const sum = byDay.get(day);
    return {
      day,
      count: Number(sum?.count ?? 0),
      throttled: Number(sum?.throttled ?? 0),
      shadowed: Number(sum?.shadowed ?? 0),
    };
  });
}
