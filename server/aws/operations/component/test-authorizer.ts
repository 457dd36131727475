import { type ApiInput, type Handlers, handler } from "@/server/aws/call";
import { readDraft, unknownAs } from "@/server/aws/draft";
import { testAuthorizer } from "@/server/services/test/test-authorizer";
import { testPorts } from "@/server/services/test/test-ports";

type TestInput = ApiInput & {
  authorizerId: string;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  pathWithQueryString?: string;
  stageVariables?: Record<string, string>;
};

export const testAuthorizerHandlers: Handlers = {
  TestInvokeAuthorizer: handler<TestInput>(async (call) => {
    const { restApiId: apiId, authorizerId, pathWithQueryString = "/", stageVariables } = call.input;
    const refusal = unknownAs("NotFoundException", "Invalid Authorizer identifier specified");
    const { definition } = await readDraft(call, refusal);
    const [path = "/", query] = pathWithQueryString.split(/\?(.*)/s);
    const { ports, policy } = listeningPorts();
    const request = { httpMethod: "GET", path, query, headers: headersOf(call.input) };
    const result = await testAuthorizer(call.actor, { apiId, authorizerId, request, stageVariables }, ports);
    const { principalId, claims } = result.context ?? {};
    const isPool = definition.authorizers[authorizerId]?.type === "COGNITO_USER_POOLS";
    return {
      clientStatus: result.status,
      log: result.log.map((line) => `${line}\n`).join(""),
      latency: result.latencyMs,
      principalId: typeof principalId === "string" ? principalId : undefined,
      policy: policy(),
      claims: isPool ? textsOf(claims) : undefined,
    };
  }),
};

function headersOf({ headers = {}, multiValueHeaders = {} }: TestInput): [string, string][] {
  const several = Object.entries(multiValueHeaders).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return [...Object.entries(headers).filter(([name]) => !Object.hasOwn(multiValueHeaders, name)), ...several];
}

/** The ports of a test, and the policy that the authorizer's function answered last, as JSON. */
function listeningPorts() {
  const ports = testPorts();
  let policy: string | undefined;
  const functions: typeof ports.functions = {
    async invoke(call) {
      const answer = await ports.functions.invoke(call);
      policy = policyIn(answer.payload);
      return answer;
    },
  };
  return { ports: { ...ports, functions }, policy: () => policy };
}

function policyIn(payload: Uint8Array): string | undefined {
  try {
    const { policyDocument } = JSON.parse(new TextDecoder().decode(payload)) as { policyDocument?: unknown };
    return policyDocument === undefined ? undefined : JSON.stringify(policyDocument);
  } catch {
    return undefined;
  }
}

function textsOf(claims: unknown): Record<string, string> | undefined {
  if (typeof claims !== "object" || claims === null) return undefined;
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)]));
}
