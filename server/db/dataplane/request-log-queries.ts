import type { Pool } from "pg";

export type RequestRow = {
  readonly atMs: number;
  readonly apiId: string;
  readonly stage: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly status: number;
  readonly latencyMs: number;
  readonly integrationMs: number;
  readonly keyId: string | null;
  readonly keyName: string | null;
  readonly planId: string | null;
  readonly sourceIp: string;
  readonly deploymentId: string;
  readonly isCanary: boolean | null;
  readonly errorType: string | null;
  readonly detail: unknown;
};

export async function insertRequests(pool: Pool, rows: readonly RequestRow[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `INSERT INTO "RequestLog" ("at", "apiId", stage, "requestId", method, path, route, status, "latencyMs",
       "integrationMs", "keyId", "keyName", "planId", "sourceIp", "deploymentId", "isCanary", "errorType", detail)
     SELECT to_timestamp("atMs" / 1000.0) AT TIME ZONE 'UTC', "apiId", stage, "requestId", method, path, route, status,
       "latencyMs", "integrationMs", "keyId", "keyName", "planId", "sourceIp", "deploymentId", "isCanary", "errorType", detail
     FROM jsonb_to_recordset($1::jsonb) AS t("atMs" float8, "apiId" text, stage text, "requestId" text, method text,
       path text, route text, status int, "latencyMs" float8, "integrationMs" float8, "keyId" text, "keyName" text,
       "planId" text, "sourceIp" text, "deploymentId" text, "isCanary" bool, "errorType" text, detail jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** Rows one statement takes away, so that it is short. */
const CLEANING_BATCH = 20_000;

/** Removes what is older than `hours`, and of the rest what is beyond the newest `rows` (ids count them and go up with time, nearly). */
export async function removeOldRequests(
  pool: Pool,
  { hours, rows }: { hours: number; rows: number },
): Promise<void> {
  for (let removed = CLEANING_BATCH; removed === CLEANING_BATCH; ) {
    const result = await pool.query(
      `DELETE FROM "RequestLog" WHERE id IN (
         SELECT id FROM "RequestLog"
         WHERE id <= GREATEST(
           (SELECT max(id) FROM "RequestLog") - $2,
           (SELECT id FROM "RequestLog" WHERE "at" < (now() AT TIME ZONE 'UTC') - make_interval(hours => $1)
            ORDER BY "at" DESC LIMIT 1))
         ORDER BY id LIMIT ${CLEANING_BATCH})`,
      [hours, rows],
    );
    removed = result.rowCount ?? 0;
  }
}
