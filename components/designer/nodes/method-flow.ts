import type { Integration } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";
import { BOXES, type Box } from "../store/selection";

export const BOX_TITLES: Record<Box, string> = {
  client: "Client",
  "method-request": "Method request",
  "integration-request": "Integration request",
  integration: "Integration",
  "integration-response": "Integration response",
  "method-response": "Method response",
};

const WIDTH = 158;
const HEIGHT = 96;
const GAP_X = 16;
const GAP_Y = 56;

/** Out on the upper lane, back on the lower one. Pixels of the diagram; left edge and top of each box. */
export const BOX_PLACES = Object.fromEntries(
  BOXES.map((box, index) => {
    const column = index < 3 ? index : 5 - index;
    return [box, { x: column * (WIDTH + GAP_X), y: index < 3 ? 0 : HEIGHT + GAP_Y }];
  }),
) as Record<Box, { x: number; y: number }>;

export const BOX_SIZE = { width: WIDTH, height: HEIGHT };

/** Where a diagram line leaves and arrives. */
export const BOX_LINES: { from: Box; to: Box }[] = BOXES.map((from, index) => ({
  from,
  to: BOXES[(index + 1) % BOXES.length] ?? "client",
}));

const count = (record: object, one: string, many = `${one}s`) => {
  const size = Object.keys(record).length;
  return size === 0 ? null : `${size} ${size === 1 ? one : many}`;
};
const templateFact = (templates: Readonly<Record<string, string>>) => {
  const types = Object.keys(templates);
  if (types.length === 0) return null;
  return types.length === 1 ? `VTL, ${types[0]}` : `VTL for ${types.length} types`;
};

function integrationFacts(integration: Integration | null): string[] {
  if (!integration) return ["not set yet", "calls are refused"];
  const { type, httpMethod, uri, timeoutInMillis } = integration;
  if (type === "MOCK") return ["Mock", "answers by itself"];
  const address = (uri ?? "no address").replace(/^https?:\/\//, "").replace(/^arn:aws:apigateway:[^:]*:/, "");
  return [`${type} ${httpMethod ?? ""}, ${timeoutInMillis / 1000} s timeout`, address];
}

function integrationRequestFacts(integration: Integration | null): (string | null)[] {
  if (!integration) return ["no integration"];
  if (integration.type.endsWith("_PROXY"))
    return ["passed through", count(integration.requestParameters, "parameter mapped", "parameters mapped")];
  return [
    templateFact(integration.requestTemplates) ?? "body passed through",
    count(integration.requestParameters, "parameter mapped", "parameters mapped"),
  ];
}

function integrationResponseFacts(integration: Integration | null): (string | null)[] {
  if (!integration) return ["no integration"];
  if (integration.type.endsWith("_PROXY")) return ["passed through"];
  const responses = Object.values(integration.integrationResponses);
  const [first] = responses;
  if (!first) return ["none: answers are 500"];
  const rest = responses.length > 1 ? `, ${responses.length - 1} more` : "";
  const templates = Object.assign({}, ...responses.map((response) => response.responseTemplates));
  return [
    `${first.selectionPattern || "default"} → ${first.statusCode}${rest}`,
    templateFact(templates) ?? "body passed through",
  ];
}

/** The two facts that matter about each box. */
export function boxFacts(method: Method): Record<Box, string[]> {
  const { methodIntegration: integration } = method;
  const facts: Record<Box, (string | null)[]> = {
    client: [
      method.httpMethod === "ANY" ? "any method" : method.httpMethod,
      method.apiKeyRequired ? "sends x-api-key" : "no key needed",
    ],
    "method-request": [
      [
        method.apiKeyRequired ? "key required" : null,
        method.authorizationType === "NONE" ? null : method.authorizationType,
      ]
        .filter(Boolean)
        .join(", ") || "open to everybody",
      [count(method.requestParameters, "parameter"), count(method.requestModels, "body model")]
        .filter(Boolean)
        .join(", ") || "nothing declared",
    ],
    "integration-request": integrationRequestFacts(integration),
    integration: integrationFacts(integration),
    "integration-response": integrationResponseFacts(integration),
    "method-response": [
      Object.keys(method.methodResponses).join(", ") ||
        (integration?.type.endsWith("_PROXY") ? "as the back end says" : "none declared"),
      count(
        Object.assign({}, ...Object.values(method.methodResponses).map((one) => one.responseParameters)),
        "header",
      ),
    ],
  };
  return Object.fromEntries(
    Object.entries(facts).map(([box, lines]) => [box, lines.filter((line): line is string => Boolean(line))]),
  ) as Record<Box, string[]>;
}
