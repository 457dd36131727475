import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HttpClient } from "@/server/adapters/http-client";
import type { FunctionCall } from "@/server/gateway/ports";
import {
  type FunctionServer,
  type SeenInvocation,
  startFunctionServer,
} from "@/server/testing/function-server";
import { type FunctionEndpoint, LambdaInvoker } from "./function-invoker";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:hello";

let server: FunctionServer;
const http = new HttpClient();
let endpoint: FunctionEndpoint | null;
const invoker = new LambdaInvoker({
  http,
  clock: { nowMs: () => Date.UTC(2026, 10, 25, 16, 7, 49) },
  endpoints: { of: () => endpoint },
});
beforeAll(async () => {
  server = await startFunctionServer();
});
afterAll(async () => {
  await http.close();
  await server.close();
});
beforeEach(() => {
  server.seen = [];
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET };
  endpoint = { url: server.url, region: "us-east-1", credentials };
});

const call = (fields: Partial<FunctionCall> = {}): FunctionCall => ({
  workspaceId: "w",
  functionName: ARN,
  qualifier: null,
  region: "eu-west-1",
  payload: Buffer.from('{"a":1}'),
  invocationType: "RequestResponse",
  headers: ["X-Amzn-Trace-Id", "Root=1-a"],
  wantsLog: false,
  timeoutMs: 2_000,
  owner: { cancel: null },
  ...fields,
});
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("LambdaInvoker", () => {
  it("invokes a function and gives back what it returned", async () => {
    server.play = ({ event }) => ({ returns: { got: event }, log: "START\nEND" });
    const answer = await invoker.invoke(call({ qualifier: "live", wantsLog: true }));
    expect(answer).toMatchObject({ status: 200, functionError: null, log: "START\nEND" });
    expect(textOf(answer.payload)).toBe('{"got":{"a":1}}');
    expect(server.seen[0]).toMatchObject({
      functionName: ARN,
      qualifier: "live",
      invocationType: "RequestResponse",
      headers: { "x-amzn-trace-id": "Root=1-a", "x-amz-log-type": "Tail" },
    });
  });

  it("tells the headers it sends, signature and session token among them", async () => {
    server.play = () => ({ returns: null });
    if (endpoint?.credentials)
      endpoint = { ...endpoint, credentials: { ...endpoint.credentials, sessionToken: "a-token" } };
    const told: string[] = [];
    await invoker.invoke(call({ onSend: (headers) => told.push(...headers) }));
    const seen = server.seen[0]?.headers;
    const pairs = told.map((text, index) => [text.toLowerCase(), told[index + 1]] as const);
    for (const name of ["authorization", "x-amz-date", "x-amz-security-token", "x-amzn-trace-id"])
      expect(pairs).toContainEqual([name, seen?.[name]]);
    expect(seen?.["x-amz-security-token"]).toBe("a-token");
  });

  it("signs the call as AWS computes it", async () => {
    server.play = () => ({ returns: null });
    await invoker.invoke(call({ qualifier: "live" }));
    const { headers } = server.seen[0] as SeenInvocation;
    const [, names = "", signature = ""] =
      /SignedHeaders=([^,]+), Signature=(\w+)/.exec(headers.authorization ?? "") ?? [];
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    const canonical = [
      "POST",
      `/2015-03-31/functions/${encodeURIComponent(encodeURIComponent(ARN))}/invocations`,
      "Qualifier=live",
      ...names.split(";").map((name) => `${name}:${headers[name]}`),
      "",
      names,
      hash('{"a":1}'),
    ].join("\n");
    const scope = "20261125/eu-west-1/lambda/aws4_request";
    const toSign = ["AWS4-HMAC-SHA256", "20261125T160749Z", scope, hash(canonical)].join("\n");
    const key = scope
      .split("/")
      .reduce<Buffer | string>(
        (secret, part) => createHmac("sha256", secret).update(part).digest(),
        `AWS4${SECRET}`,
      );
    expect(signature).toBe(createHmac("sha256", key).update(toSign).digest("hex"));
    expect(headers.authorization).toContain(`Credential=AKIDEXAMPLE/${scope}`);
  });

  it("tells a failing function, an accepted event and a refusing service apart", async () => {
    server.play = () => ({ returns: { errorMessage: "no" }, functionError: "Unhandled" });
    expect(await invoker.invoke(call())).toMatchObject({ status: 200, functionError: "Unhandled" });
    server.play = () => ({});
    const event = await invoker.invoke(call({ invocationType: "Event" }));
    expect([event.status, event.payload.length]).toEqual([202, 0]);
    server.play = () => ({ status: 429, returns: { Message: "slow down" } });
    expect(await invoker.invoke(call())).toMatchObject({ status: 429, functionError: null });
  });

  it("ends a call that takes too long, and can be given up", async () => {
    server.play = () => ({ returns: null, delayMs: 1_000 });
    await expect(invoker.invoke(call({ timeoutMs: 50 }))).rejects.toMatchObject({ kind: "timeout" });
  });

  it("goes unsigned to a server that needs no key, under the path of its address", async () => {
    server.play = () => ({ returns: 1 });
    endpoint = { url: `${server.url}/`, region: "us-east-1", credentials: null };
    await invoker.invoke(call({ functionName: "hello" }));
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
    expect(server.seen[0]?.functionName).toBe("hello");
  });

  it.each<[string, FunctionEndpoint | null]>([
    ["no endpoint", null],
    ["AWS without credentials", { url: "", region: "us-east-1", credentials: null }],
    ["an endpoint that is no address", { url: "lambda", region: "us-east-1", credentials: null }],
  ])("refuses with %s", async (_, given) => {
    endpoint = given;
    await expect(invoker.invoke(call())).rejects.toMatchObject({ kind: "address" });
    expect(server.seen).toEqual([]);
  });
});
