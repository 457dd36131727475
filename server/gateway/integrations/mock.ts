import { JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import { parseJson } from "@/server/toolkit/json/parse-json";
import { configurationError } from "../errors";
import type { Exchange } from "../exchange";
import { answerSteps } from "../steps/answer-steps";
import { requestBodyMapper } from "../steps/map-request-body";
import type { IntegrationModule } from "./integration";

const NO_STATUS =
  "Unable to parse statusCode. It should be an integer that is defined in the request template.";

/** MOCK: the rendered request template says the status; no back end is called. */
export const mockIntegration: IntegrationModule = {
  type: "MOCK",
  label: "Mock",
  help: "Answers by itself. The request template renders JSON with a statusCode, which chooses the integration response.",
  compile(input) {
    const mapper = requestBodyMapper(input);
    const constantStatus = new Map<string, number>();

    const statusOf = (rendered: string): number => {
      const known = constantStatus.get(rendered);
      if (known !== undefined) return known;
      const status = parseStatus(rendered);
      // Most mock templates render one of a few texts; remembering them saves the parse.
      if (constantStatus.size < 100) constantStatus.set(rendered, status);
      return status;
    };
    return {
      needsRequestBody: mapper.hasTemplates,
      steps: [
        {
          name: "map-request",
          run(exchange) {
            const { body, renderedAs } = mapper.map(exchange);
            exchange.integrationAnswer = {
              status: renderedAs === null ? 200 : statusOf(body as string),
              headers: [],
              body: null,
            };
            if (exchange.trace) noteMock(exchange, renderedAs, body);
          },
        },
        ...answerSteps(input, { usesDefault: !mapper.hasTemplates }),
      ],
    };
  },
};

/** Reads `statusCode` out of lenient JSON: `{statusCode: 200}` and trailing commas are fine, `"200"` is not. */
function parseStatus(rendered: string): number {
  let document: unknown;
  try {
    document = parseJson(rendered.trim());
  } catch (cause) {
    throw configurationError(NO_STATUS, cause);
  }
  const status = document instanceof Map ? document.get("statusCode") : undefined;
  if (typeof status !== "number") throw configurationError(NO_STATUS, kindOf(status));
  return status;
}

function kindOf(value: unknown): string {
  return value instanceof JavaLong || value instanceof JavaDouble ? `statusCode is ${value}` : typeof value;
}

function noteMock(exchange: Exchange, renderedAs: string | null, body: string | Uint8Array): void {
  exchange.note = {
    summary: renderedAs === null ? "no template ran" : `template ${renderedAs} rendered`,
    input: exchange.requestText ?? "",
    output: body,
  };
}
