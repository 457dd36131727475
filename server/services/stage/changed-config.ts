import { ServiceError } from "@/server/domain/errors";
import { mergeMethodSettings } from "@/server/domain/stage/merge-method-settings";
import { mergeVariables } from "@/server/domain/stage/merge-variables";
import { type StageConfig, stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import type { StageChanges } from "./change-stage";

/** What changes were made from, by who read it earlier. */
export type StageBase = Partial<Pick<StageConfig, "methodSettings" | "variables">>;

/** `*` `/` `*` for every method, else the path with `/` written `~1`, then `/` and the verb. */
const METHOD_KEY = /^(?:\*|~1[^/\s]*)\/(?:\*|[A-Z]+)$/;

/** A stage's settings after a change. INVALID, naming the field, for what AWS would refuse. */
export function changedConfig(
  config: StageConfig,
  changes: Omit<StageChanges, "description" | "deploymentId">,
): StageConfig {
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

/**
 * The changes without those to method settings and variables that only undo what others did since `base` was read.
 * INVALID as above.
 */
export function mergedChanges(
  { config }: { config: StageConfig },
  { changes, base }: { changes: StageChanges; base?: StageBase },
): StageChanges {
  const { methodSettings, variables } = changes;
  const merged = { ...changes };
  if (base?.methodSettings && methodSettings) {
    const { methodSettings: next } = changedConfig(config, { methodSettings });
    const versions = { base: base.methodSettings, next };
    merged.methodSettings = mergeMethodSettings(config.methodSettings, versions);
  }
  if (base?.variables && variables) {
    merged.variables = mergeVariables(config.variables, { base: base.variables, next: variables });
  }
  return merged;
}

type Described = { description: string; config: StageConfig };

/** Which of the settings that were given are others now. */
export function changedNames(given: StageChanges, before: Described, after: Described): string[] {
  const textOf = ({ description, config }: Described, name: string) =>
    canonicalJson(({ ...config, description } as Record<string, unknown>)[name] ?? null);
  return Object.keys(given).filter(
    (name) => name !== "deploymentId" && textOf(before, name) !== textOf(after, name),
  );
}
