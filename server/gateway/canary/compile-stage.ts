import { type CompileIdentity, compileApi } from "../compile/compile-api";
import type { StageRuntime } from "../runtime-api";
import type { ApiSnapshot } from "../snapshot/api-snapshot";
import type { StageConfig } from "../snapshot/stage-config";
import { stickyReader } from "./sticky-reader";

/**
 * Compiles a stage: its deployment, and where it has a canary that too, with the overrides laid over the stage's
 * variables (developer guide, canary release). Throws a SnapshotError if either cannot be served.
 */
export function compileStage(
  { production, canary }: { production: ApiSnapshot; canary: ApiSnapshot | null },
  stage: StageConfig,
  identity: Omit<CompileIdentity, "isCanary">,
): StageRuntime {
  const settings = stage.canary;
  if (!settings || !canary) return { production: compileApi(production, stage, identity), canary: null };
  const variables = { ...stage.variables, ...settings.stageVariableOverrides };
  const canaryIdentity = { ...identity, deploymentId: settings.deploymentId, isCanary: true };
  return {
    production: compileApi(production, stage, { ...identity, isCanary: false }),
    canary: {
      runtime: compileApi(canary, { ...stage, variables }, canaryIdentity),
      percentTraffic: settings.percentTraffic,
      stickyValue: settings.sticky && stickyReader(settings.sticky),
    },
  };
}
