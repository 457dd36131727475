import type { RuntimeApi } from "../runtime-api";
import type { ApiSnapshot } from "../snapshot/api-snapshot";
import type { StageConfig } from "../snapshot/stage-config";
import { SnapshotError } from "./snapshot-error";

export type CompileIdentity = { apiId: string; deploymentId: string; accountId: string };

/**
 * Turns a deployment's snapshot and a stage's settings into a frozen RuntimeApi.
 * Throws a SnapshotError that lists every problem; nothing that is not understood is skipped.
 */
export function compileApi(
  _snapshot: ApiSnapshot,
  _stage: StageConfig,
  _identity: CompileIdentity,
): RuntimeApi {
  throw new SnapshotError([{ path: [], message: "not compiled yet" }]);
}
