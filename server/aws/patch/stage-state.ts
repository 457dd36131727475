import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import type { MethodSetting, StageConfig } from "@/server/gateway/snapshot/stage-config";
import type { StageRow } from "@/server/services/stage/find-stage";
import type { StoredDocument } from "@/server/services/stored-resource/stored-resource";

/** AWS's MethodSetting: no logging level is one that was never set. */
export type AwsMethodSetting = Omit<MethodSetting, "loggingLevel" | "throttlingShadow"> & {
  loggingLevel?: string;
};

/** What is kept beside a stage's settings, because nothing here acts on it yet. */
export type StageExtras = {
  documentationVersion?: string;
  accessLogDestinationArn?: string;
  /** Keys of method settings whose logging level was set to OFF by somebody. */
  loggingOff?: string[];
};

/** A stage as AWS's operations change and show it. */
export type StageState = {
  deploymentId: string;
  description: string;
  variables: Record<string, string>;
  /** Keys are `path/VERB` without the path's first slash, or two stars. */
  methodSettings: Record<string, AwsMethodSetting>;
  accessLogSettings: { format?: string; destinationArn?: string } | null;
  tracingEnabled: boolean;
  cacheClusterEnabled: boolean;
  cacheClusterSize: string | null;
  clientCertificateId: string | null;
  documentationVersion: string | null;
  canarySettings: CanarySettings | null;
};

/** AWS shows the account's limits where a stage has none of its own. */
const ACCOUNT_BURST = 5000;
const ACCOUNT_RATE = 10_000;

export const DEFAULT_METHOD_SETTING: AwsMethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: ACCOUNT_BURST,
  throttlingRateLimit: ACCOUNT_RATE,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

export function stageState(stage: StageRow, document: StoredDocument = {}): StageState {
  const extras = document as StageExtras;
  const { config } = stage;
  const format = config.accessLogFormat ?? undefined;
  const destinationArn = extras.accessLogDestinationArn;
  const settings = Object.entries(config.methodSettings).map(([key, setting]) => {
    const name = awsKey(key);
    return [name, awsSetting(setting, extras.loggingOff?.includes(name) ?? false)] as const;
  });
  return {
    deploymentId: stage.deploymentId,
    description: stage.description,
    variables: config.variables,
    methodSettings: Object.fromEntries(settings),
    accessLogSettings: format || destinationArn ? { format, destinationArn } : null,
    tracingEnabled: config.tracingEnabled,
    cacheClusterEnabled: config.cacheClusterEnabled ?? false,
    cacheClusterSize: config.cacheClusterSize ?? null,
    clientCertificateId: config.clientCertificateId ?? null,
    documentationVersion: extras.documentationVersion ?? null,
    canarySettings: config.canary,
  };
}

/** What of a state goes into the stage's own settings. */
export function configOf(state: StageState, before: StageConfig) {
  const settings = Object.entries(state.methodSettings).map(([name, setting]) => {
    const key = configKey(name);
    return [key, ownSetting(setting, before.methodSettings[key])] as const;
  });
  return {
    description: state.description,
    variables: state.variables,
    methodSettings: Object.fromEntries(settings),
    accessLogFormat: state.accessLogSettings?.format ?? null,
    tracingEnabled: state.tracingEnabled,
    cacheClusterEnabled: state.cacheClusterEnabled,
    cacheClusterSize: state.cacheClusterSize ?? undefined,
    clientCertificateId: state.clientCertificateId,
    canary: state.canarySettings,
  };
}

/** What of a state is only kept. */
export function extrasOf(state: StageState): StageExtras {
  const off = Object.entries(state.methodSettings).filter(([, { loggingLevel }]) => loggingLevel === "OFF");
  return {
    documentationVersion: state.documentationVersion ?? undefined,
    accessLogDestinationArn: state.accessLogSettings?.destinationArn,
    loggingOff: off.length > 0 ? off.map(([name]) => name) : undefined,
  };
}

function awsSetting(
  { loggingLevel, throttlingShadow: _ours, ...setting }: MethodSetting,
  isOffSet: boolean,
): AwsMethodSetting {
  const { throttlingBurstLimit: burst, throttlingRateLimit: rate } = setting;
  return {
    ...setting,
    throttlingBurstLimit: burst < 0 ? ACCOUNT_BURST : burst,
    throttlingRateLimit: rate < 0 ? ACCOUNT_RATE : rate,
    ...(loggingLevel !== "OFF" || isOffSet ? { loggingLevel } : {}),
  };
}

function ownSetting(setting: AwsMethodSetting, before: MethodSetting | undefined) {
  const { throttlingBurstLimit: burst, throttlingRateLimit: rate } = setting;
  const hadBurst = (before?.throttlingBurstLimit ?? -1) >= 0;
  const hadRate = (before?.throttlingRateLimit ?? -1) >= 0;
  return {
    ...setting,
    ...(before?.throttlingShadow === undefined ? {} : { throttlingShadow: before.throttlingShadow }),
    loggingLevel: setting.loggingLevel ?? "OFF",
    throttlingBurstLimit: burst === ACCOUNT_BURST && !hadBurst ? -1 : burst,
    throttlingRateLimit: rate === ACCOUNT_RATE && !hadRate ? -1 : rate,
  };
}

/** `~1pets~1{id}/GET` → `pets/{id}/GET`; the root's `~1/GET` → `/GET`. */
function awsKey(key: string): string {
  const at = key.lastIndexOf("/");
  const path = key.slice(0, at).replaceAll("~1", "/").replace(/^\//, "");
  return `${path}/${key.slice(at + 1)}`;
}

function configKey(name: string): string {
  const at = name.lastIndexOf("/");
  const path = name.slice(0, at);
  return path === "*" ? name : `~1${path.replaceAll("/", "~1")}/${name.slice(at + 1)}`;
}
