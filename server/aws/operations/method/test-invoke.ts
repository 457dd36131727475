import { type Handlers, handler, type MethodInput } from "@/server/aws/call";
import { readDraft, UNKNOWN_RESOURCE } from "@/server/aws/draft";
import { invokeDraft } from "@/server/services/test/invoke-draft";

type TestInput = MethodInput & {
  pathWithQueryString?: string;
  body?: string;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  stageVariables?: Record<string, string>;
  clientCertificateId?: string;
};

export const testInvokeHandlers: Handlers = {
  TestInvokeMethod: handler<TestInput>(async (call) => {
    const { httpMethod, resourceId, pathWithQueryString, body } = call.input;
    const { stageVariables, clientCertificateId } = call.input;
    const { id: apiId } = await readDraft(call, UNKNOWN_RESOURCE);
    const headers = { ...call.input.headers, ...call.input.multiValueHeaders };
    const result = await invokeDraft(call.actor, {
      apiId,
      request: { httpMethod, resourceId, pathWithQueryString, headers, body },
      stageVariables,
      clientCertificateId,
    });
    const multiValueHeaders: Record<string, string[]> = {};
    for (const [name, value] of result.headers) {
      multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), value];
    }
    const last = Object.entries(multiValueHeaders).map(([name, values]) => [name, values.at(-1)]);
    return {
      status: result.status,
      body: result.body,
      headers: Object.fromEntries(last),
      multiValueHeaders,
      log: result.log.map((line) => `${line}\n`).join(""),
      latency: Math.round(result.latencyMs),
    };
  }),
};
