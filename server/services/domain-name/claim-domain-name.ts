import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";

/** Any fixed number: names are claimed one after the other. */
const CLAIM_LOCK = 7_240_312;

/**
 * Makes sure that nobody has a domain name, in this workspace or another one. A wildcard and the names it covers belong to
 * one workspace: else one would receive what the other's clients send. Within a workspace a name of its own beats the
 * wildcard. Private names (`name+id`) are nobody's alone.
 *
 * Throws CONFLICT (AWS's words).
 */
export async function claimDomainName(
  tx: Transaction,
  { workspaceId }: Actor,
  domainName: string,
): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${CLAIM_LOCK})`;
  const parent = domainName.slice(domainName.indexOf("."));
  const isWildcard = domainName.startsWith("*.");
  const taken = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "StoredResource"
    WHERE kind = 'domain-name' AND "parentId" = '' AND (
      id = ${domainName}
      OR ("workspaceId" <> ${workspaceId} AND position('+' in id) = 0 AND (
        id = ${`*${parent}`}
        OR (${isWildcard} AND right(id, length(id) - position('.' in id) + 1) = ${parent})
      ))
    ) LIMIT 1`;
  if (taken.length > 0)
    throw new ServiceError("CONFLICT", "The domain name you provided already exists.", {
      fieldPath: "domainName",
    });
}
