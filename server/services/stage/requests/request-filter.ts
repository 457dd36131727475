import { z } from "zod";
import type { Prisma } from "@/server/db/client";

export const STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;

/** What a Date can hold. */
const MOST_MS = 8_640_000_000_000_000;

/** What requests are looked for; what is absent does not matter. */
export const requestFilterSchema = z.strictObject({
  status: z.enum(STATUS_CLASSES).optional(),
  method: z.string().max(20).optional(),
  /** Part of the path, as it came. */
  path: z.string().max(500).optional(),
  /** A key's id, or part of its name. */
  key: z.string().max(200).optional(),
  requestId: z.string().max(100).optional(),
  /** The last so many minutes. */
  minutes: z.number().int().min(1).max(10_080).optional(),
  /** From when, and to before when, in ms since the epoch. */
  fromMs: z.number().int().min(0).max(MOST_MS).optional(),
  toMs: z.number().int().min(0).max(MOST_MS).optional(),
});
export type RequestFilter = z.infer<typeof requestFilterSchema>;

export function whereOf(
  { apiId, stage }: { apiId: string; stage: string },
  filter: RequestFilter,
  now: Date,
): Prisma.RequestLogWhereInput {
  const { status, method, path, key, requestId } = filter;
  const from = status ? Number(status[0]) * 100 : 0;
  return {
    apiId,
    stage,
    ...(status ? { status: { gte: from, lt: from + 100 } } : {}),
    ...(method ? { method } : {}),
    ...(path ? { path: { contains: path } } : {}),
    ...(key ? { OR: [{ keyId: key }, { keyName: { contains: key, mode: "insensitive" } }] } : {}),
    ...(requestId ? { requestId } : {}),
    ...timeOf(filter, now),
  };
}

function timeOf({ minutes, fromMs, toMs }: RequestFilter, now: Date): Prisma.RequestLogWhereInput {
  const from = Math.max(fromMs ?? 0, minutes ? now.getTime() - minutes * 60_000 : 0);
  if (from === 0 && toMs === undefined) return {};
  return { at: { gte: new Date(from), ...(toMs === undefined ? {} : { lt: new Date(toMs) }) } };
}
