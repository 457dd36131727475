import type { Pool } from "pg";

export type StageRow = {
  apiId: string;
  workspaceId: string;
  stageName: string;
  deploymentId: string;
  config: unknown;
};
export type KeyRow = {
  id: string;
  name: string;
  customerId: string | null;
  enabled: boolean;
  valueHash: string;
  plans: { planId: string; joinedAtMs: number }[];
};
export type PlanRow = {
  id: string;
  rateLimit: number | null;
  burstLimit: number | null;
  quotaLimit: number | null;
  quotaOffset: number;
  quotaPeriod: string | null;
  throttleShadow: boolean;
  quotaShadow: boolean;
  quotaMode: string;
  stages: { apiId: string; stageName: string; throttle: unknown }[];
};
export type FunctionEndpointRow = {
  workspaceId: string;
  url: string;
  region: string;
  accessKeyId: string;
  secretCipher: string;
};
export type AccessKeyRow = {
  id: string;
  workspaceId: string;
  name: string;
  secretCipher: string;
  policy: unknown;
};
export type DomainRow = {
  workspaceId: string;
  domainName: string;
  document: unknown;
  mappings: { basePath: string; restApiId: string; stage: string | null }[];
};
export type ClientCertificateRow = {
  workspaceId: string;
  id: string;
  certificatePem: string;
  keyCipher: string;
};
export type ChangeRow = { id: string; kind: string; subject: string };

// Times are stored in UTC without a zone: they leave the database as milliseconds, never as local dates.

const STAGES = `
  SELECT s."apiId", a."workspaceId", s.name AS "stageName", s."deploymentId", s.config
  FROM "Stage" s JOIN "Api" a ON a.id = s."apiId"
  WHERE a."deletedAt" IS NULL`;

const KEYS = `
  SELECT k.id, k.name, k."customerId", k.enabled, k."valueHash",
    COALESCE((SELECT json_agg(json_build_object('planId', p."planId",
                'joinedAtMs', extract(epoch FROM p."createdAt") * 1000))
              FROM "UsagePlanKey" p WHERE p."keyId" = k.id), '[]') AS plans
  FROM "ApiKey" k`;

const PLANS = `
  SELECT u.id, u."rateLimit", u."burstLimit", u."quotaLimit", u."quotaOffset", u."quotaPeriod",
    u."throttleShadow", u."quotaShadow", u."quotaMode",
    COALESCE((SELECT json_agg(json_build_object('apiId', s."apiId", 'stageName', s.name, 'throttle', us.throttle))
              FROM "UsagePlanStage" us JOIN "Stage" s ON s.id = us."stageId" WHERE us."planId" = u.id), '[]') AS stages
  FROM "UsagePlan" u`;

const FUNCTION_ENDPOINTS = `
  SELECT "workspaceId", url, region, "accessKeyId", "secretCipher" FROM "FunctionEndpoint"`;

const ACCESS_KEYS = `
  SELECT id, "workspaceId", name, "secretCipher", policy FROM "AccessKey" WHERE "revokedAt" IS NULL`;

/** Private names (`name+id`) are reached through VPC endpoints only, which there are none of here. */
const DOMAINS = `
  SELECT d."workspaceId", d.id AS "domainName", d.document,
    COALESCE((SELECT json_agg(m.document) FROM "StoredResource" m
              WHERE m."workspaceId" = d."workspaceId" AND m.kind = 'base-path-mapping' AND m."parentId" = d.id),
             '[]') AS mappings
  FROM "StoredResource" d
  WHERE d.kind = 'domain-name' AND d."parentId" = '' AND position('+' in d.id) = 0`;
/** Who had a name first keeps it. */
const FIRST_DOMAINS_FIRST = 'ORDER BY d."createdAt", d."workspaceId"';

const CLIENT_CERTIFICATES = `
  SELECT "workspaceId", id, document ->> 'certificatePem' AS "certificatePem", document ->> 'keyCipher' AS "keyCipher"
  FROM "StoredResource" WHERE kind = 'client-certificate' AND "parentId" = ''`;

/** Everything, as of one moment, with the last change that is in it. */
export async function selectWholeConfig(pool: Pool) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const cursor = await client.query<{ id: string | null }>('SELECT max(id) AS id FROM "ConfigChange"');
    const stages = await client.query<StageRow>(STAGES);
    const keys = await client.query<KeyRow>(KEYS);
    const plans = await client.query<PlanRow>(PLANS);
    const functionEndpoints = await client.query<FunctionEndpointRow>(FUNCTION_ENDPOINTS);
    const accessKeys = await client.query<AccessKeyRow>(ACCESS_KEYS);
    const domains = await client.query<DomainRow>(`${DOMAINS} ${FIRST_DOMAINS_FIRST}`);
    const clientCertificates = await client.query<ClientCertificateRow>(CLIENT_CERTIFICATES);
    await client.query("COMMIT");
    return {
      cursor: cursor.rows[0]?.id ?? "0",
      stages: stages.rows,
      keys: keys.rows,
      plans: plans.rows,
      functionEndpoints: functionEndpoints.rows,
      accessKeys: accessKeys.rows,
      domains: domains.rows,
      clientCertificates: clientCertificates.rows,
    };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

export async function selectChangesSince(pool: Pool, cursor: string): Promise<ChangeRow[]> {
  const { rows } = await pool.query<ChangeRow>(
    'SELECT id, kind, subject FROM "ConfigChange" WHERE id > $1 ORDER BY id LIMIT 10000',
    [cursor],
  );
  return rows;
}

/** The stages of one API that is not deleted; with a name only that one. */
export async function selectStages(pool: Pool, apiId: string, stageName: string | null): Promise<StageRow[]> {
  const { rows } = await pool.query<StageRow>(
    `${STAGES} AND s."apiId" = $1 AND ($2::text IS NULL OR s.name = $2)`,
    [apiId, stageName],
  );
  return rows;
}

export async function selectKey(pool: Pool, id: string): Promise<KeyRow | null> {
  return (await pool.query<KeyRow>(`${KEYS} WHERE k.id = $1`, [id])).rows[0] ?? null;
}

export async function selectPlan(pool: Pool, id: string): Promise<PlanRow | null> {
  return (await pool.query<PlanRow>(`${PLANS} WHERE u.id = $1`, [id])).rows[0] ?? null;
}

export async function selectFunctionEndpoint(
  pool: Pool,
  workspaceId: string,
): Promise<FunctionEndpointRow | null> {
  const { rows } = await pool.query<FunctionEndpointRow>(`${FUNCTION_ENDPOINTS} WHERE "workspaceId" = $1`, [
    workspaceId,
  ]);
  return rows[0] ?? null;
}

/** Null if it is unknown or revoked. */
export async function selectAccessKey(pool: Pool, id: string): Promise<AccessKeyRow | null> {
  return (await pool.query<AccessKeyRow>(`${ACCESS_KEYS} AND id = $1`, [id])).rows[0] ?? null;
}

export async function selectDomain(pool: Pool, domainName: string): Promise<DomainRow | null> {
  const query = `${DOMAINS} AND d.id = $1 ${FIRST_DOMAINS_FIRST} LIMIT 1`;
  return (await pool.query<DomainRow>(query, [domainName])).rows[0] ?? null;
}

/** @param name `workspaceId/id` */
export async function selectClientCertificate(
  pool: Pool,
  name: string,
): Promise<ClientCertificateRow | null> {
  const query = `${CLIENT_CERTIFICATES} AND "workspaceId" || '/' || id = $1`;
  return (await pool.query<ClientCertificateRow>(query, [name])).rows[0] ?? null;
}

export async function selectSnapshot(pool: Pool, deploymentId: string): Promise<unknown> {
  const { rows } = await pool.query<{ snapshot: unknown }>(
    'SELECT snapshot FROM "Deployment" WHERE id = $1',
    [deploymentId],
  );
  if (!rows[0]) throw new Error(`no deployment ${deploymentId}`);
  return rows[0].snapshot;
}
