import { VtlError, type VtlInput } from "@/server/vtl";
import type { MappingTemplate } from "../compile/compile-templates";
import { configurationError, GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import { ExchangeContext } from "./exchange-context";
import { mergeOverrides } from "./overrides";

/** `$input`: parameters are those of the method request, also in response templates (recorded). */
class ExchangeInput implements VtlInput {
  constructor(
    readonly body: string | null,
    private readonly exchange: Exchange,
  ) {}
  get path() {
    return this.exchange.parameters.path;
  }
  get query() {
    return this.exchange.parameters.query;
  }
  get headers() {
    return this.exchange.parameters.headers;
  }
}

/** Renders a mapping template on a body and keeps what it overrode. A failing template is a 500. */
export function renderTemplate(exchange: Exchange, template: MappingTemplate, body: string | null): string {
  if (template.constant !== null) return template.constant;
  try {
    const bindings = {
      input: new ExchangeInput(body, exchange),
      context: new ExchangeContext(exchange),
      stageVariables: exchange.runtime.stageVariables,
    };
    const { output, overrides } = template.template.render(bindings, exchange.templateLimits);
    exchange.overrides = mergeOverrides(exchange.overrides, overrides);
    return output;
  } catch (error) {
    if (error instanceof GatewayError || !(error instanceof VtlError)) throw error;
    throw templateFailure(error);
  }
}

function templateFailure(error: VtlError): GatewayError {
  const plain = configurationError(`Unable to transform request: ${error.message}`, error);
  if (error.line === null) return plain;
  return new GatewayError("API_CONFIGURATION_ERROR", {
    logLine: plain.logLine ?? undefined,
    place: { line: error.line, column: error.column ?? 1 },
    cause: error,
  });
}
