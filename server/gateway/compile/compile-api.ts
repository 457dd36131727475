import { PathRouter } from "@/server/toolkit/path-pattern/path-router";
import { compileBinaryMediaTypes } from "../context/media-type";
import type { CompiledRoute, RuntimeApi } from "../runtime-api";
import { type ApiSnapshot, type Resource, SNAPSHOT_FORMAT_VERSION } from "../snapshot/api-snapshot";
import { cacheSizeOf, type StageConfig } from "../snapshot/stage-config";
import { compileContextText } from "./compile-context-text";
import { compileGatewayResponses } from "./compile-gateway-responses";
import { compileRoute } from "./compile-route";
import { type CompileScope, ProblemList, type StageCache } from "./compile-scope";
import { SnapshotError } from "./snapshot-error";

export type CompileIdentity = {
  apiId: string;
  deploymentId: string;
  accountId: string;
  /** "" if nobody owns it (a file, a preview): then there are no functions and no access keys. */
  workspaceId?: string;
  /** What method ARNs name; AWS's first region unless told. */
  region?: string;
  /** Which variant of a stage with a canary this is; absent on any other. */
  isCanary?: boolean;
};

const DEFAULT_REGION = "us-east-1";

/**
 * Turns a deployment's snapshot and a stage's settings into a frozen RuntimeApi.
 * Throws a SnapshotError that lists every problem; nothing that is not understood is skipped.
 */
export function compileApi(snapshot: ApiSnapshot, stage: StageConfig, identity: CompileIdentity): RuntimeApi {
  const problems = new ProblemList();
  if (snapshot.formatVersion !== SNAPSHOT_FORMAT_VERSION) {
    throw new SnapshotError([
      { path: ["formatVersion"], message: `unknown version ${snapshot.formatVersion}` },
    ]);
  }
  const stageVariables = Object.freeze({ ...stage.variables });
  const scope: CompileScope = {
    apiId: identity.apiId,
    accountId: identity.accountId,
    region: identity.region ?? DEFAULT_REGION,
    stageName: stage.stageName,
    stageVariables,
    methodSettings: stage.methodSettings,
    snapshot,
    isBinaryType: compileBinaryMediaTypes(snapshot.binaryMediaTypes),
    hasBinaryTypes: snapshot.binaryMediaTypes.length > 0,
    cache: stageCacheOf(stage, identity),
    clientCertificate: stage.clientCertificateId
      ? `${identity.workspaceId ?? ""}/${stage.clientCertificateId}`
      : null,
    problems,
  };
  const router = new PathRouter<CompiledRoute>();
  const routes: CompiledRoute[] = [];
  for (const resource of Object.values(snapshot.resources)) {
    const parts = pathParts(snapshot, resource, problems);
    if (!parts) continue;
    for (const [httpMethod, method] of Object.entries(resource.resourceMethods)) {
      const at = problems.at("resources", resource.id, "resourceMethods", httpMethod);
      const resourcePath = `/${parts.join("/")}`;
      const input = { resourceId: resource.id, resourcePath, httpMethod, method };
      const route = compileRoute(input, { ...scope, problems: at });
      routes.push(route);
      router.add(parts, httpMethod, route);
    }
  }
  const gatewayResponses = compileGatewayResponses(scope);
  if (problems.found.length > 0) throw new SnapshotError(problems.found);

  const requestLogShare = shareOf(stage);
  return Object.freeze({
    apiId: identity.apiId,
    apiName: snapshot.name,
    deploymentId: identity.deploymentId,
    accountId: identity.accountId,
    workspaceId: identity.workspaceId ?? "",
    region: identity.region ?? DEFAULT_REGION,
    stageName: stage.stageName,
    isEndpointDisabled: snapshot.disableExecuteApiEndpoint,
    stageVariables,
    isCanary: identity.isCanary ?? null,
    routes: Object.freeze(routes),
    match(method: string, path: string) {
      const found = router.match(method, path);
      return found && { route: found.value, pathParameters: found.parameters };
    },
    gatewayResponses,
    rateLimitHeaders: stage.rateLimitHeaders ?? "OFF",
    accessLogLine:
      stage.accessLogFormat === null ? null : compileContextText(stage.accessLogFormat, stageVariables),
    requestLogShare,
    isTraced: stage.tracingEnabled,
    isObserved: requestLogShare !== null || routes.some((route) => route.executionLog !== null),
  });
}

const BYTES_PER_GB = 1_073_741_824;

/**
 * A canary keeps answers only if it may use its stage's cache (useStageCache). Entries are a deployment's own, so both
 * variants share them exactly where both serve the same deployment (developer guide, canary release).
 */
function stageCacheOf(stage: StageConfig, identity: CompileIdentity): StageCache | null {
  const size = cacheSizeOf(stage);
  if (size === null) return null;
  if (identity.isCanary && !stage.canary?.useStageCache) return null;
  return {
    stage: `${identity.apiId}/${stage.stageName}`,
    sizeBytes: Number(size) * BYTES_PER_GB,
    deploymentId: identity.deploymentId,
  };
}

const DEFAULT_PERCENT = 10;

function shareOf({ requestLog, requestLogPercent }: StageConfig): number | null {
  if (requestLog === "ALL") return 1;
  return requestLog === "SAMPLED" ? (requestLogPercent ?? DEFAULT_PERCENT) / 100 : null;
}

/** The path parts from the root; null, with a problem noted, if the parents do not lead there. */
function pathParts(snapshot: ApiSnapshot, resource: Resource, problems: ProblemList): string[] | null {
  const parts: string[] = [];
  let current = resource;
  while (current.parentId !== null) {
    parts.unshift(current.pathPart);
    const parent = snapshot.resources[current.parentId];
    if (!parent || parts.length > 1_000) {
      problems.at("resources", resource.id, "parentId").add(`leads nowhere: ${current.parentId}`);
      return null;
    }
    current = parent;
  }
  return parts;
}
