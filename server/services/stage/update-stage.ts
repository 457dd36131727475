import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import {
  type MethodSetting,
  type StageConfig,
  stageConfigSchema,
} from "@/server/gateway/snapshot/stage-config";
import { requireStorable } from "@/server/services/api/save-definition";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { lockStage, stageSubject } from "./find-stage";
import { recordStageEvent } from "./stage-event";

export type StageChanges = {
  description?: string;
  /** Each of these replaces the whole value it names. */
  variables?: Record<string, string>;
  /** A method's settings that are left out get their defaults. */
  methodSettings?: Record<string, { [Field in keyof MethodSetting]?: unknown }>;
  accessLogFormat?: string | null;
  tracingEnabled?: boolean;
};

/** `*` `/` `*` for every method, else the path with `/` written `~1`, then `/` and the verb. */
const METHOD_KEY = /^(?:\*|~1[^/\s]*)\/(?:\*|[A-Z]+)$/;

/** Changes a stage's settings; the data planes take them over at once, without a deployment. */
export async function updateStage(
  actor: Actor,
  input: { apiId: string; stageName: string; changes: StageChanges },
): Promise<{ config: StageConfig; configChangeId: string }> {
  authorize(actor, "stage:write");
  const { description, ...settings } = input.changes;
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const config = changedConfig(stage.config, settings);
    await tx.stage.update({
      where: { id: stage.id },
      data: { config: requireStorable(config), description: description ?? stage.description },
      select: { id: true },
    });
    const changed = Object.keys(input.changes);
    await recordStageEvent(tx, actor, { stageId: stage.id, kind: "settings-changed", detail: { changed } });
    const change = await recordConfigChange(tx, { kind: "stage", subject: `${stage.apiId}/${stage.name}` });
    await emit({
      type: "stage.settings-changed",
      subject: stageSubject(stage),
      detail: { apiId: stage.apiId, stageName: stage.name, changed },
    });
    return { config, configChangeId: String(change) };
  });
}

function changedConfig(config: StageConfig, changes: Omit<StageChanges, "description">): StageConfig {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const parsed = stageConfigSchema.safeParse({ ...config, ...Object.fromEntries(given) });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const fieldPath = issue?.path.map(String).join(".");
    throw new ServiceError("INVALID", issue?.message ?? "The settings are not valid", { fieldPath });
  }
  for (const key of Object.keys(parsed.data.methodSettings)) {
    if (!METHOD_KEY.test(key)) {
      throw new ServiceError("INVALID", `${key} names no method: write */* or ~1pets~1{petId}/GET`, {
        fieldPath: `methodSettings.${key}`,
      });
    }
  }
  return parsed.data;
}
