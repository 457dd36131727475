import type { Pool, PoolClient } from "pg";

/** What one variant of a stage with a canary served in five seconds. */
export type CanaryWindowRow = {
  apiId: string;
  stage: string;
  deploymentId: string;
  isCanary: boolean;
  startMs: number;
  count: number;
  errors4xx: number;
  errors5xx: number;
  buckets: number[];
};

/** Adds to the windows' rows, which other nodes write too; histograms are added bucket by bucket. */
export async function addCanaryWindows(pool: Pool, rows: readonly CanaryWindowRow[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `INSERT INTO "CanaryWindow" AS w
       ("apiId", stage, "deploymentId", "isCanary", "startsAt", count, "errors4xx", "errors5xx", buckets)
     SELECT api, stage, deployment, canary, to_timestamp(start / 1000.0) AT TIME ZONE 'UTC', count, e4, e5, buckets
     FROM unnest($1::text[], $2::text[], $3::text[], $4::bool[], $5::float8[], $6::int[], $7::int[], $8::int[], $9::jsonb[])
       AS t(api, stage, deployment, canary, start, count, e4, e5, buckets)
     ON CONFLICT ("apiId", stage, "startsAt", "isCanary", "deploymentId") DO UPDATE SET
       count = w.count + EXCLUDED.count,
       "errors4xx" = w."errors4xx" + EXCLUDED."errors4xx",
       "errors5xx" = w."errors5xx" + EXCLUDED."errors5xx",
       buckets = (
         SELECT jsonb_agg(COALESCE(a.n::text::int, 0) + COALESCE(b.n::text::int, 0) ORDER BY COALESCE(a.i, b.i))
         FROM jsonb_array_elements(w.buckets) WITH ORDINALITY AS a(n, i)
         FULL JOIN jsonb_array_elements(EXCLUDED.buckets) WITH ORDINALITY AS b(n, i) ON a.i = b.i
       )`,
    [
      rows.map((r) => r.apiId),
      rows.map((r) => r.stage),
      rows.map((r) => r.deploymentId),
      rows.map((r) => r.isCanary),
      rows.map((r) => r.startMs),
      rows.map((r) => r.count),
      rows.map((r) => r.errors4xx),
      rows.map((r) => r.errors5xx),
      rows.map((r) => JSON.stringify(r.buckets)),
    ],
  );
}

/** Windows serve the eye and the analysis; after a day they have done so. */
export async function removeOldCanaryWindows(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM "CanaryWindow" WHERE "startsAt" < (now() AT TIME ZONE 'UTC') - interval '1 day'`,
  );
}

export type RolloutRow = {
  id: string;
  stageId: string;
  apiId: string;
  apiName: string;
  workspaceId: string;
  stageName: string;
  deploymentId: string;
  config: { variables?: Record<string, string>; canary?: { [field: string]: unknown } | null };
  canaryDeploymentId: string;
  canaryNumber: number;
  plan: unknown;
  step: number;
  stepStartedMs: number;
};

export async function selectRunningRollouts(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM "CanaryRollout" WHERE status = 'running'`,
  );
  return rows.map(({ id }) => id);
}

/** A running rollout with its stage, both locked; null if another node has it in hand or it is over. */
export async function lockRollout(client: PoolClient, id: string): Promise<RolloutRow | null> {
  const { rows } = await client.query<RolloutRow>(
    `SELECT r.id, r."stageId", s."apiId", a.name AS "apiName", a."workspaceId", s.name AS "stageName",
       s."deploymentId", s.config, r."canaryDeploymentId", r."canaryNumber", r.plan, r.step,
       extract(epoch FROM r."stepStartedAt") * 1000 AS "stepStartedMs"
     FROM "CanaryRollout" r JOIN "Stage" s ON s.id = r."stageId" JOIN "Api" a ON a.id = s."apiId"
     WHERE r.id = $1 AND r.status = 'running' FOR UPDATE OF s, r SKIP LOCKED`,
    [id],
  );
  const [row] = rows;
  return row ? { ...row, stepStartedMs: Number(row.stepStartedMs) } : null;
}

/** A stage's windows from a moment on, oldest first. */
export async function selectCanaryWindows(
  client: PoolClient,
  { apiId, stageName, sinceMs }: { apiId: string; stageName: string; sinceMs: number },
): Promise<CanaryWindowRow[]> {
  const { rows } = await client.query<CanaryWindowRow>(
    `SELECT "apiId", stage, "deploymentId", "isCanary", extract(epoch FROM "startsAt") * 1000 AS "startMs",
       count, "errors4xx", "errors5xx", buckets
     FROM "CanaryWindow"
     WHERE "apiId" = $1 AND stage = $2 AND "startsAt" >= to_timestamp($3 / 1000.0) AT TIME ZONE 'UTC'
     ORDER BY "startsAt"`,
    [apiId, stageName, sinceMs],
  );
  return rows;
}
