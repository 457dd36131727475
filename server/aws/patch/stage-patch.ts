import type { PatchOperation } from "@/server/aws/call";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { CACHE_CLUSTER_SIZES, isCachedByDefault } from "@/server/gateway/snapshot/stage-config";
import { pointerSegments } from "./apply-patch";
import { canaryOf, requirePercent } from "./canary-input";
import { METHOD_SETTING_SUFFIXES, readMethodSetting } from "./method-setting-patch";
import { isTrue } from "./patch-rules";
import { DEFAULT_METHOD_SETTING, type StageState } from "./stage-state";

/** AWS's list has its own slips of the pen: commas are missing where they are missing here. */
const STAGE_PATHS =
  "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled]";
const COPY_PATHS =
  "Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]";
const LOG_PATHS =
  "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]";

/** A copy of a stage's state with UpdateStage's operations applied in their order (wording as recorded). */
export function patchStage(
  before: StageState,
  operations: readonly PatchOperation[] = [],
  deploymentIds: ReadonlySet<string>,
): StageState {
  const state = structuredClone(before);
  for (const { op = "", path, value, from } of operations) {
    if (path === undefined) throw badRequest("Invalid patch path null");
    if (op === "copy") copyFromCanary(state, path, from);
    else if (op === "remove") removeSetting(state, path);
    else if (op === "add" || op === "replace") setField(state, { op, path, value, deploymentIds });
    else throw badRequest("Invalid patch operation specified. Must be one of: [add, remove, replace, copy]");
  }
  return state;
}

function copyFromCanary(state: StageState, path: string, from = ""): void {
  const isDeployment = path === "/deploymentId" && from === "/canarySettings/deploymentId";
  const isVariables = path === "/variables" && from === "/canarySettings/stageVariableOverrides";
  if (!isDeployment && !isVariables) {
    throw badRequest(`Invalid copy operation with path: ${path} and from ${from}. ${COPY_PATHS}`);
  }
  const canary = state.canarySettings;
  if (!canary) throw badRequest("Promotion not available. Canary does not exist.");
  if (isDeployment) state.deploymentId = canary.deploymentId;
  else state.variables = { ...state.variables, ...canary.stageVariableOverrides };
}

function removeSetting(state: StageState, path: string): void {
  const [first = "", second = ""] = pointerSegments(path);
  const key = settingKey(pointerSegments(path));
  if (path === "/accessLogSettings") state.accessLogSettings = null;
  else if (path === "/canarySettings") state.canarySettings = null;
  else if (first === "variables" && Object.hasOwn(state.variables, second)) delete state.variables[second];
  else if (key && Object.hasOwn(state.methodSettings, key)) delete state.methodSettings[key];
  else {
    throw badRequest(
      `Cannot remove method setting ${path.slice(1)} because there is no method setting for this method `,
    );
  }
}

type Setting = {
  op: "add" | "replace";
  path: string;
  value: string | undefined;
  deploymentIds: ReadonlySet<string>;
};

function setField(state: StageState, setting: Setting): void {
  const { path, value } = setting;
  const [first = "", ...rest] = pointerSegments(path);
  if (first === "accessLogSettings") setAccessLog(state, rest, value);
  else if (first === "canarySettings") setCanary(state, rest, setting);
  else if (first === "variables" && rest.length === 1) state.variables[rest[0] as string] = value ?? "";
  else if (rest.length > 0) setMethodSetting(state, path, value);
  else setOwnField(state, first, setting);
}

function setOwnField(state: StageState, name: string, { path, value, deploymentIds }: Setting): void {
  switch (name) {
    case "deploymentId":
      requireDeployment(deploymentIds, value);
      state.deploymentId = value as string;
      return;
    case "description":
      state.description = value ?? "";
      return;
    case "tracingEnabled":
    case "cacheClusterEnabled":
      state[name] = isTrue(value);
      return;
    case "cacheClusterSize":
      state.cacheClusterSize = requireCacheSize(value);
      return;
    case "clientCertificateId":
    case "documentationVersion":
      state[name] = value || null;
      return;
    default:
      throw unknownPath(path);
  }
}

function requireCacheSize(value = ""): string {
  if (CACHE_CLUSTER_SIZES.some((size) => size === value)) return value;
  throw badRequest(`Invalid cache cluster size. Valid options are ${CACHE_CLUSTER_SIZES.join(",")}`);
}

function setAccessLog(state: StageState, [name = "", ...more]: string[], value: string | undefined): void {
  if ((name !== "destinationArn" && name !== "format") || more.length > 0) throw badRequest(LOG_PATHS);
  if (!value) throw badRequest("Access Log value must not be empty");
  state.accessLogSettings = { ...state.accessLogSettings, [name]: value };
}

function setCanary(state: StageState, [name, key, ...more]: string[], setting: Setting): void {
  const { op, path, value, deploymentIds } = setting;
  const isOverride = name === "stageVariableOverrides" && key !== undefined && more.length === 0;
  const isField =
    key === undefined && ["deploymentId", "percentTraffic", "useStageCache"].includes(name ?? "");
  if (!isOverride && !isField) throw unknownPath(path);
  if (op === "add") throw badRequest(`Invalid add operation with path: ${path}`);
  const canary = state.canarySettings ?? canaryOf({}, state.deploymentId);
  if (isOverride) {
    canary.stageVariableOverrides = { ...canary.stageVariableOverrides, [key as string]: value ?? "" };
  } else if (name === "deploymentId") {
    requireDeployment(deploymentIds, value);
    canary.deploymentId = value as string;
  } else if (name === "percentTraffic") canary.percentTraffic = requirePercent(value);
  else canary.useStageCache = isTrue(value);
  state.canarySettings = canary;
}

function setMethodSetting(state: StageState, path: string, value: string | undefined): void {
  const segments = pointerSegments(path);
  const suffix = segments.slice(-2).join("/");
  const key = settingKey(segments.slice(0, -2));
  if (!METHOD_SETTING_SUFFIXES.has(suffix) || !key) throw unknownPath(path);
  const known = Object.hasOwn(state.methodSettings, key) ? state.methodSettings[key] : undefined;
  // A new entry begins as a copy of the one for all methods; later changes of that do not reach it.
  const setting = { ...(known ?? state.methodSettings["*/*"] ?? DEFAULT_METHOD_SETTING) };
  // The one for all methods caches GET only: no other verb begins to be cached because something else of it was set.
  const verb = key.slice(key.lastIndexOf("/") + 1);
  if (!known && verb !== "*" && !isCachedByDefault(verb)) setting.cachingEnabled = false;
  state.methodSettings[key] = { ...setting, ...readMethodSetting(suffix, value) };
}

/** `pets/{id}/GET` of a path's segments, whether its slashes were escaped or not; null for none. */
function settingKey(segments: readonly string[]): string | null {
  const verb = segments.at(-1) ?? "";
  if (segments.length < 2 || !/^(\*|[A-Z]+)$/.test(verb)) return null;
  return `${segments.slice(0, -1).join("/").replace(/^\//, "")}/${verb}`;
}

function requireDeployment(known: ReadonlySet<string>, id: string | undefined): void {
  if (!id || !known.has(id)) throw badRequest("Deployment id does not exist");
}

const unknownPath = (path: string) =>
  badRequest(`Invalid method setting path: ${path}. Must be one of: ${STAGE_PATHS}`);
