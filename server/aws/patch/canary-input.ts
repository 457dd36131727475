import { badRequest } from "@/server/aws/protocol/aws-error";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";

/** `canarySettings` of CreateDeployment (without a deployment) and CreateStage. */
export type CanaryInput = {
  percentTraffic?: number;
  deploymentId?: string;
  stageVariableOverrides?: Record<string, string>;
  useStageCache?: boolean;
};

/** A new canary with AWS's defaults (recorded): 0.0 percent, the deployment that is given, no cache of the stage's. */
export function canaryOf(input: CanaryInput, deploymentId: string): CanarySettings {
  return {
    percentTraffic: requirePercent(input.percentTraffic ?? 0),
    deploymentId: input.deploymentId ?? deploymentId,
    stageVariableOverrides: input.stageVariableOverrides,
    useStageCache: input.useStageCache ?? false,
    sticky: null,
  };
}

/** A share of traffic as a number, or as the text it is in a patch. */
export function requirePercent(value: string | number | undefined): number {
  const percent = Number(value);
  if (value === undefined || value === "" || !(percent >= 0 && percent <= 100)) {
    throw badRequest("Percent traffic must be between 0.0 and 100.0");
  }
  return percent;
}
