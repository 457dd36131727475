import { type StageState, stageState } from "@/server/aws/patch/stage-state";
import type { Tags } from "@/server/aws/stored-tags";
import { DEFAULT_CACHE_CLUSTER_SIZE } from "@/server/gateway/snapshot/stage-config";
import type { StageRow } from "@/server/services/stage/find-stage";
import type { StoredDocument } from "@/server/services/stored-resource/stored-resource";
import { present } from "./present";

/** AWS's Stage. */
export function stageView(
  stage: StageRow,
  extras: StoredDocument | undefined,
  { tags, isFlushing }: { tags: Tags | undefined; isFlushing: boolean },
) {
  const state = stageState(stage, extras);
  return {
    deploymentId: state.deploymentId,
    clientCertificateId: present(state.clientCertificateId),
    stageName: stage.name,
    description: present(state.description),
    cacheClusterEnabled: state.cacheClusterEnabled,
    cacheClusterSize: present(
      state.cacheClusterSize ?? (state.cacheClusterEnabled ? DEFAULT_CACHE_CLUSTER_SIZE : null),
    ),
    cacheClusterStatus: cacheStatus(state, isFlushing),
    methodSettings: state.methodSettings,
    variables: present(state.variables),
    documentationVersion: present(state.documentationVersion),
    accessLogSettings: present(state.accessLogSettings),
    canarySettings: canaryView(state),
    tracingEnabled: state.tracingEnabled,
    tags: present(tags),
    createdDate: stage.createdAt,
    lastUpdatedDate: stage.updatedAt,
  };
}

/** A cache is made and taken away at once, so that two of AWS's words never come: CREATE_ and DELETE_IN_PROGRESS. */
function cacheStatus({ cacheClusterEnabled }: StageState, isFlushing: boolean) {
  if (!cacheClusterEnabled) return "NOT_AVAILABLE";
  return isFlushing ? "FLUSH_IN_PROGRESS" : "AVAILABLE";
}

function canaryView({ canarySettings }: StageState) {
  if (!canarySettings) return undefined;
  // Who is kept on which side is ours: AWS's clients know nothing of it.
  const { sticky, ...known } = canarySettings;
  return { ...known, stageVariableOverrides: present(known.stageVariableOverrides) };
}
