import type { CompiledGatewayResponse, ContextText } from "../runtime-api";
import {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponse,
  type GatewayResponseType,
} from "../snapshot/gateway-response";
import { compileContextText } from "./compile-context-text";
import { compileMapping, MappingError } from "./compile-mapping";
import type { CompileScope } from "./compile-scope";

const PLAIN = '{"message":$context.error.messageString}';
/** Recorded: the body of a configuration error is 36 bytes long, with a blank behind the colon. */
const SPACED = '{"message": $context.error.messageString}';
const SPACED_TYPES = new Set<GatewayResponseType>([
  "API_CONFIGURATION_ERROR",
  "INTEGRATION_FAILURE",
  "INTEGRATION_TIMEOUT",
  "DEFAULT_5XX",
]);

type AllResponses = Record<GatewayResponseType, CompiledGatewayResponse>;

/**
 * Every gateway response type with what applies to it: its own customisation, else that of DEFAULT_4XX or
 * DEFAULT_5XX, else AWS's default. A type with one of its own takes nothing from the defaults (recorded).
 */
export function compileGatewayResponses(scope: CompileScope): Readonly<AllResponses> {
  const compiled: Partial<AllResponses> = {};
  const own = scope.snapshot.gatewayResponses;
  for (const type of Object.keys(GATEWAY_RESPONSE_TYPES) as GatewayResponseType[]) {
    const defaultStatus = GATEWAY_RESPONSE_TYPES[type] ?? (type === "DEFAULT_4XX" ? 400 : 500);
    const group = defaultStatus < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
    compiled[type] = compileOne(type, defaultStatus, own[type] ?? own[group] ?? null, scope);
  }
  return Object.freeze(compiled as AllResponses);
}

function compileOne(
  type: GatewayResponseType,
  defaultStatus: number,
  source: GatewayResponse | null,
  scope: CompileScope,
): CompiledGatewayResponse {
  const { stageVariables } = scope;
  const problems = scope.problems.at("gatewayResponses", source?.responseType ?? type);
  const templates: { mediaType: string; render: ContextText }[] = [];
  for (const [mediaType, text] of Object.entries(source?.responseTemplates ?? {})) {
    templates.push({
      mediaType: mediaType.trim().toLowerCase(),
      render: compileContextText(text, stageVariables),
    });
  }
  if (templates.length === 0) {
    const text = SPACED_TYPES.has(type) ? SPACED : PLAIN;
    templates.push({ mediaType: "application/json", render: compileContextText(text, stageVariables) });
  }
  const headers: { name: string; value: CompiledGatewayResponse["headers"][number]["value"] }[] = [];
  for (const [target, expression] of Object.entries(source?.responseParameters ?? {})) {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(target)?.[1];
    if (name === undefined) continue; // gatewayresponse.path and .querystring have no effect on an answer.
    try {
      const mapping = compileMapping(expression, "request", stageVariables);
      headers.push({
        name,
        value: (exchange) => {
          const value = mapping(exchange);
          return value === undefined || typeof value === "string" ? value : value.join(",");
        },
      });
    } catch (error) {
      if (!(error instanceof MappingError)) throw error;
      problems.at("responseParameters", target).add(error.message);
    }
  }
  return {
    type,
    status: source?.statusCode ? Number(source.statusCode) : null,
    defaultStatus,
    headers,
    templates,
  };
}
