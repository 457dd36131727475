import { randomBytes } from "node:crypto";
import type { PoolClient } from "pg";
import { CONFIG_CHANNEL, CONFIG_ORDER_LOCK } from "../config-change";
import type { RolloutRow } from "./canary-queries";

export type RolloutChange = {
  status: "running" | "passed" | "promoted" | "aborted" | "ended";
  reason: string;
  nowMs: number;
  verdict: unknown;
  /** What is added to the evidence; null for nothing. */
  record: unknown;
  /** The next step, or the one it is at. */
  step: number;
  /** Null takes the canary away. Undefined leaves the stage alone. */
  canary?: object | null;
  /** What a promotion brings to the stage. */
  promoted?: { deploymentId: string; variables: Record<string, string> };
  /** Told in the stage's history and the audit log. Undefined is told to nobody. */
  event?: { kind: string; actorName: string; detail: Record<string, unknown> };
};

/** Writes down where a rollout stands and, if it moved, changes its stage and tells history, audit and nodes. */
export async function moveRollout(client: PoolClient, row: RolloutRow, change: RolloutChange): Promise<void> {
  const isOver = change.status !== "running";
  const time = new Date(change.nowMs).toISOString();
  await client.query(
    `UPDATE "CanaryRollout" SET status = $2, reason = $3, verdict = $4::jsonb,
       evidence = evidence || $5::jsonb, "endedAt" = CASE WHEN $6 THEN $7::timestamptz AT TIME ZONE 'UTC' END,
       "stepStartedAt" = CASE WHEN step <> $8 THEN $7::timestamptz AT TIME ZONE 'UTC' ELSE "stepStartedAt" END,
       step = $8
     WHERE id = $1`,
    [
      row.id,
      change.status,
      change.reason,
      JSON.stringify(change.verdict),
      JSON.stringify(change.record === null ? [] : [change.record]),
      isOver,
      time,
      change.step,
    ],
  );
  if (change.canary !== undefined) await changeStage(client, row, change);
  if (change.event) await tell(client, row, change.event);
}

async function changeStage(
  client: PoolClient,
  row: RolloutRow,
  { canary, promoted }: RolloutChange,
): Promise<void> {
  const settings = promoted ? { canary, variables: promoted.variables } : { canary };
  await client.query(
    `UPDATE "Stage" SET config = config || $2::jsonb, "deploymentId" = $3,
       "updatedAt" = now() AT TIME ZONE 'UTC' WHERE id = $1`,
    [row.stageId, JSON.stringify(settings), promoted?.deploymentId ?? row.deploymentId],
  );
  await client.query("SELECT pg_advisory_xact_lock($1)", [CONFIG_ORDER_LOCK]);
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO "ConfigChange" (kind, subject) VALUES ('stage', $1) RETURNING id`,
    [`${row.apiId}/${row.stageName}`],
  );
  await client.query("SELECT pg_notify($1, $2)", [CONFIG_CHANNEL, String(rows[0]?.id)]);
}

async function tell(
  client: PoolClient,
  row: RolloutRow,
  { kind, actorName, detail }: NonNullable<RolloutChange["event"]>,
): Promise<void> {
  const deploymentId = kind === "canary-promoted" ? row.canaryDeploymentId : null;
  await client.query(
    `INSERT INTO "StageEvent" (id, "stageId", kind, "deploymentId", detail, "actorName")
     VALUES ($1, $2, $3, $4, $5::jsonb, $6)`,
    [timedUuid(), row.stageId, kind, deploymentId, JSON.stringify(detail), actorName],
  );
  const payload = {
    type: `stage.${kind}`,
    subject: `${row.apiName} › ${row.stageName}`,
    detail: { apiId: row.apiId, stageName: row.stageName, ...detail },
    actor: { userId: null, name: actorName, channel: "gateway" },
  };
  await client.query(
    `INSERT INTO "OutboxEvent" (id, "workspaceId", type, payload) VALUES ($1, $2, $3, $4::jsonb)`,
    [timedUuid(), row.workspaceId, payload.type, JSON.stringify(payload)],
  );
}

/** A UUID of version 7: rows are read in the order of their ids. */
function timedUuid(): string {
  const hex = Date.now().toString(16).padStart(12, "0") + randomBytes(10).toString("hex");
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
