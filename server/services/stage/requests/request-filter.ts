import { z } from "zod";
import type { Prisma } from "@/server/db/client";

export const STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;

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
});
export type RequestFilter = z.infer<typeof requestFilterSchema>;

export function whereOf(
  { apiId, stage }: { apiId: string; stage: string },
  filter: RequestFilter,
  now: Date,
): Prisma.RequestLogWhereInput {
  const { status, method, path, key, requestId, minutes } = filter;
  const from = status ? Number(status[0]) * 100 : 0;
  return {
    apiId,
    stage,
    ...(status ? { status: { gte: from, lt: from + 100 } } : {}),
    ...(method ? { method } : {}),
    ...(path ? { path: { contains: path } } : {}),
    ...(key ? { OR: [{ keyId: key }, { keyName: { contains: key, mode: "insensitive" } }] } : {}),
    ...(requestId ? { requestId } : {}),
    ...(minutes ? { at: { gte: new Date(now.getTime() - minutes * 60_000) } } : {}),
  };
}
