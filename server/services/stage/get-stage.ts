import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { StageConfig } from "@/server/gateway/snapshot/stage-config";
import { authorize } from "@/server/services/authorize";
import { findStage } from "./find-stage";
import { type InvokeUrls, invokeUrls } from "./invoke-urls";
import { eventNumber } from "./stage-event";

export type StageEventView = {
  id: string;
  kind: string;
  /** Null for what is about no deployment, and once it is deleted. */
  deploymentId: string | null;
  deploymentNumber: number | null;
  actorName: string;
  createdAt: Date;
  detail: unknown;
};

export type StageDeployment = {
  id: string;
  number: number;
  description: string;
  hash: string;
  actorName: string;
  createdAt: Date;
};

export type StageDetail = {
  name: string;
  description: string;
  config: StageConfig;
  deployment: StageDeployment;
  /** What the canary of `config.canary` serves; null without one. */
  canaryDeployment: StageDeployment | null;
  inSync: boolean;
  invokeUrls: InvokeUrls;
  plans: { id: string; name: string }[];
  events: StageEventView[];
  createdAt: Date;
  updatedAt: Date;
};

const EVENTS_SHOWN = 50;
const DEPLOYMENT = {
  id: true,
  number: true,
  description: true,
  hash: true,
  actorName: true,
  createdAt: true,
} as const;

/** A stage with its settings, what it serves, where it is reached and what happened to it last. */
export async function getStage(
  actor: Actor,
  input: { apiId: string; stageName: string },
): Promise<StageDetail> {
  authorize(actor, "api:read");
  const stage = await findStage(actor, input);
  const row = await database().stage.findUniqueOrThrow({
    where: { id: stage.id },
    select: {
      api: { select: { definitionHash: true } },
      deployment: { select: DEPLOYMENT },
      plans: { select: { plan: { select: { id: true, name: true } } }, orderBy: { plan: { name: "asc" } } },
      events: {
        orderBy: { createdAt: "desc" },
        take: EVENTS_SHOWN,
        include: { deployment: { select: { number: true } } },
      },
    },
  });
  const canaryId = stage.config.canary?.deploymentId;
  const canaryDeployment = canaryId
    ? await database().deployment.findUnique({ where: { id: canaryId }, select: DEPLOYMENT })
    : null;
  return {
    name: stage.name,
    description: stage.description,
    config: stage.config,
    deployment: row.deployment,
    canaryDeployment,
    inSync: row.deployment.hash === row.api.definitionHash,
    invokeUrls: invokeUrls(stage.apiId, stage.name),
    plans: row.plans.map(({ plan }) => plan),
    events: row.events.map(({ id, kind, deploymentId, deployment, actorName, createdAt, detail }) => ({
      id,
      kind,
      deploymentId,
      deploymentNumber: eventNumber({ deployment, detail }),
      actorName,
      createdAt,
      detail,
    })),
    createdAt: stage.createdAt,
    updatedAt: stage.updatedAt,
  };
}
