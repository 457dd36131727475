import type { Transaction } from "./client";
import { CONFIG_CHANNEL, CONFIG_ORDER_LOCK } from "./config-change";

/** stage → `apiId/stageName`, plan → plan id, key → key id, api → API id (deleted or restored), access-key → its id,
 * function-endpoint → workspace id, authorizer-cache → `apiId/stageName` whose cached decisions are to be forgotten,
 * response-cache → `apiId/stageName` whose kept answers are to be dropped,
 * client-certificate → `workspaceId/id`,
 * domain → a custom domain name whose certificates or mappings changed, usage → `planId/keyId` whose quota counter was set,
 * all → "": everything may be another, as after a restore. */
export type ConfigChangeKind =
  | "stage"
  | "plan"
  | "key"
  | "api"
  | "access-key"
  | "function-endpoint"
  | "domain"
  | "client-certificate"
  | "authorizer-cache"
  | "response-cache"
  | "usage"
  | "all";

/**
 * Tells the data planes, in the caller's transaction, that `subject` changed. Returns the id a node's cursor reaches
 * when it has taken the change in.
 */
export async function recordConfigChange(
  tx: Transaction,
  change: { kind: ConfigChangeKind; subject: string },
): Promise<bigint> {
  // Ids are taken and committed in the same order, or a reader whose cursor has passed would miss a late commit.
  await tx.$executeRaw`select pg_advisory_xact_lock(${CONFIG_ORDER_LOCK})`;
  const { id } = await tx.configChange.create({ data: change, select: { id: true } });
  await tx.$executeRaw`select pg_notify(${CONFIG_CHANNEL}, ${String(id)})`;
  return id;
}
