import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { aliveSince } from "./alive-since";
import { gatewaysOf } from "./gateways-of";

export type StageNodes = {
  stageName: string;
  /** Gateways that are alive. */
  nodes: number;
  /** How many of them serve the stage as it is set now. */
  applied: number;
  /** How many of them send spans to a collector. */
  exporting: number;
  /** What nodes would not take, with the reason; they serve what they had, or the stage without its canary. */
  refusals: { address: string; deploymentId: string; isCanary: boolean; reason: string }[];
};

type Reported = {
  apiId?: string;
  stageName?: string;
  deploymentId?: string;
  isCanary?: boolean;
  reason?: string;
};

/** For each stage of an API how many gateways have taken it over as it is. */
export async function stageNodes(
  actor: Actor,
  input: { apiId: string },
  now: Date = new Date(),
): Promise<StageNodes[]> {
  authorize(actor, "api:read");
  const { id: apiId } = await requireApi(actor, input.apiId);
  const db = database();
  const alive = aliveSince(now);
  const [stages, rows] = await Promise.all([
    db.stage.findMany({ where: { apiId }, select: { name: true }, orderBy: { name: "asc" } }),
    db.gatewayNode.findMany({ where: { seenAt: { gte: alive } }, orderBy: { address: "asc" } }),
  ]);
  const nodes = gatewaysOf(rows, alive);
  const changes = await db.configChange.groupBy({
    by: ["subject"],
    where: {
      OR: [
        { kind: "stage", subject: { in: stages.map(({ name }) => `${apiId}/${name}`) } },
        { kind: "api", subject: apiId },
        { kind: "all" },
      ],
    },
    _max: { id: true },
  });
  const lastOf = (name: string) =>
    changes
      .filter(({ subject }) => subject === `${apiId}/${name}` || !subject.includes("/"))
      .reduce((last, { _max }) => (_max.id !== null && _max.id > last ? _max.id : last), 0n);
  return stages.map(({ name }) => {
    const refusals = nodes.flatMap(({ address, rejected }) =>
      (rejected as Reported[])
        .filter((item) => item.apiId === apiId && item.stageName === name)
        .map(({ deploymentId = "", isCanary = false, reason = "" }) => ({
          address,
          deploymentId,
          isCanary,
          reason,
        })),
    );
    const applied = nodes.filter(
      ({ address, cursor }) => cursor >= lastOf(name) && !refusals.some((one) => one.address === address),
    ).length;
    const exporting = nodes.filter(({ exportsTraces }) => exportsTraces).length;
    return { stageName: name, nodes: nodes.length, applied, exporting, refusals };
  });
}
