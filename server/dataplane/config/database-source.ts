import type { Pool } from "pg";
import type { StoredKey, StoredPlan } from "@/server/adapters/key-store";
import {
  type KeyRow,
  type PlanRow,
  selectAccessKey,
  selectChangesSince,
  selectClientCertificate,
  selectDomain,
  selectFunctionEndpoint,
  selectKey,
  selectPlan,
  selectSnapshot,
  selectStages,
  selectWholeConfig,
} from "@/server/db/dataplane/config-queries";
import { selectUsageOf } from "@/server/db/dataplane/quota-counters";
import { quotaSchema, throttleSchema } from "@/server/gateway/snapshot/usage-plan";
import type { ConfigSource } from "./config-source";

/** Configuration from the control plane's tables. */
export function databaseSource(pool: Pool): ConfigSource {
  return {
    async loadAll() {
      const rows = await selectWholeConfig(pool);
      return {
        cursor: BigInt(rows.cursor),
        stages: rows.stages,
        keys: rows.keys.map(keyOf),
        plans: rows.plans.flatMap((row) => planOf(row) ?? []),
        functionEndpoints: rows.functionEndpoints,
        accessKeys: rows.accessKeys,
        domains: rows.domains,
        clientCertificates: rows.clientCertificates,
      };
    },
    async changesSince(cursor) {
      const rows = await selectChangesSince(pool, cursor.toString());
      return rows.map((row) => ({ id: BigInt(row.id), kind: row.kind, subject: row.subject }));
    },
    async loadStage(apiId, stageName) {
      const [row] = await selectStages(pool, apiId, stageName);
      return row ?? null;
    },
    loadStagesOf: (apiId) => selectStages(pool, apiId, null),
    async loadKey(id) {
      const row = await selectKey(pool, id);
      return row && keyOf(row);
    },
    async loadPlan(id) {
      const row = await selectPlan(pool, id);
      return row && planOf(row);
    },
    loadFunctionEndpoint: (workspaceId) => selectFunctionEndpoint(pool, workspaceId),
    loadAccessKey: (id) => selectAccessKey(pool, id),
    loadDomain: (domainName) => selectDomain(pool, domainName),
    loadClientCertificate: (name) => selectClientCertificate(pool, name),
    loadUsage: (planId, keyId) => selectUsageOf(pool, planId, keyId),
    loadSnapshot: (deploymentId) => selectSnapshot(pool, deploymentId),
  };
}

function keyOf({ enabled, ...row }: KeyRow): StoredKey {
  return { ...row, isEnabled: enabled };
}

/** Null if its limits cannot be read: a plan nobody understands admits nobody. */
function planOf(row: PlanRow): StoredPlan | null {
  try {
    return readPlan(row);
  } catch {
    return null;
  }
}

function readPlan(row: PlanRow): StoredPlan {
  const hasThrottle = row.rateLimit !== null && row.burstLimit !== null;
  const hasQuota = row.quotaLimit !== null && row.quotaPeriod !== null;
  return {
    id: row.id,
    throttle: hasThrottle
      ? throttleSchema.parse({
          rateLimit: row.rateLimit,
          burstLimit: row.burstLimit,
          shadow: row.throttleShadow,
        })
      : null,
    quota: hasQuota
      ? quotaSchema.parse({
          limit: row.quotaLimit,
          offset: row.quotaOffset,
          period: row.quotaPeriod,
          mode: row.quotaMode,
          shadow: row.quotaShadow,
        })
      : null,
    stages: row.stages.map(({ apiId, stageName, throttle }) => ({
      apiId,
      stageName,
      throttle: Object.fromEntries(
        Object.entries(throttle ?? {}).map(([method, limits]) => [method, throttleSchema.parse(limits)]),
      ),
    })),
  };
}
