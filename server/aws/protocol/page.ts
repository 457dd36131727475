import { badRequest } from "./aws-error";
import type { Input } from "./read-input";

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 500;

export type AwsPage<Item> = { item: Item[]; position?: string };

/**
 * One page of a list as AWS gives it: 25 unless `limit` says otherwise, 500 at most, none for a limit below 1 (as
 * recorded). `position` is opaque to clients; here it holds the number of entries before the page.
 */
export function pageOf<Item>(items: readonly Item[], input: Input): AwsPage<Item> {
  const limit = Math.min(typeof input.limit === "number" ? input.limit : DEFAULT_LIMIT, MAX_LIMIT);
  if (limit < 1) return { item: [] };
  const start = typeof input.position === "string" ? offsetOf(input.position) : 0;
  const end = start + limit;
  return {
    item: items.slice(start, end),
    ...(end < items.length ? { position: Buffer.from(`offset:${end}`).toString("base64url") } : {}),
  };
}

function offsetOf(position: string): number {
  const match = /^offset:(\d{1,9})$/.exec(Buffer.from(position, "base64url").toString("latin1"));
  if (!match) throw badRequest("Invalid position parameter");
  return Number(match[1]);
}
