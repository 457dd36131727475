const FIELDS = {
  requestId: "$context.requestId",
  ip: "$context.identity.sourceIp",
  requestTime: "$context.requestTime",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  status: "$context.status",
  protocol: "$context.protocol",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  apiKeyId: "$context.identity.apiKeyId",
};

/** Formats of an access log line, by the names AWS's console gives them. */
export const ACCESS_LOG_PRESETS = {
  JSON: `{${Object.entries(FIELDS)
    .map(([name, value]) => `"${name}":"${value}"`)
    .join(",")}}`,
  CLF: '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId',
  CSV: Object.values(FIELDS).join(","),
  XML: `<request id="$context.requestId">${Object.entries(FIELDS)
    .slice(1)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join("")}</request>`,
} as const;
export type PresetName = keyof typeof ACCESS_LOG_PRESETS;

export function presetOf(format: string): PresetName | "Custom" {
  const found = Object.entries(ACCESS_LOG_PRESETS).find(([, preset]) => preset === format);
  return found ? (found[0] as PresetName) : "Custom";
}
