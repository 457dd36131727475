import { describe, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { javaScriptClient } from "./javascript-client";

type Client = Record<string, (params?: object, body?: unknown, additional?: object) => Promise<unknown>>;
type Sent = { url: string; method: string; headers: Record<string, string>; body?: string };

const MOCK = { methodIntegration: { type: "MOCK" as const } };
const definition = buildApi({
  "GET /": MOCK,
  "GET /pets/{petId}": {
    ...MOCK,
    requestParameters: {
      "method.request.path.petId": true,
      "method.request.querystring.full": false,
      "method.request.header.X-Trace": false,
    },
  },
  "POST /pets": MOCK,
  "ANY /files/{path+}": MOCK,
  "GET /2fa": MOCK,
  "GET /a/B": MOCK,
  "GET /a/b": MOCK,
});

function newClient(
  answer: Response,
  config: object = { apiKey: "the-key" },
): { client: Client; sent: Sent[] } {
  const code = javaScriptClient(definition, "http://gateway/api1/prod")["apiGateway-js-sdk/apigClient.js"];
  const sent: Sent[] = [];
  const fetch = async (url: string, request: Omit<Sent, "url">) => {
    sent.push({ url, ...request });
    return answer;
  };
  const scope: { apigClientFactory?: { newClient: (config: object) => Client } } = {};
  new Function("module", "fetch", code as string)({ exports: scope }, fetch);
  return { client: scope.apigClientFactory?.newClient(config) as Client, sent };
}

describe("javaScriptClient", () => {
  it("has a function for each method, named as AWS names them; ANY stands for every verb", () => {
    const names = Object.keys(newClient(new Response("")).client);
    expect(names).toEqual(
      expect.arrayContaining([
        "rootGet",
        "petsPetIdGet",
        "petsPost",
        "_2faGet",
        "aBGet",
        "aBGet2",
        "filesPathPut",
      ]),
    );
    expect(names.filter((name) => name.startsWith("filesPath"))).toHaveLength(7);
  });

  it("puts parameters where the method declares them and promises status, data and headers", async () => {
    const { client, sent } = newClient(Response.json({ id: 7 }));
    const params = { petId: "a/b", full: true, "X-Trace": "t" };
    const more = { headers: { "X-More": "m" }, queryParams: { q: "1 2" } };
    const answer = await client.petsPetIdGet?.(params, undefined, more);
    expect(answer).toMatchObject({
      status: 200,
      data: { id: 7 },
      headers: { "content-type": "application/json" },
    });
    const headers = { accept: "application/json", "x-api-key": "the-key", "x-trace": "t", "x-more": "m" };
    expect(sent).toEqual([
      { url: "http://gateway/api1/prod/pets/a%2Fb?full=true&q=1+2", method: "GET", headers },
    ]);
  });

  it("sends bodies as JSON, keeps the slashes of a greedy path, and rejects with the answer of a failure", async () => {
    const { client, sent } = newClient(new Response("no", { status: 404 }), { invokeUrl: "http://other/" });
    const failure = client.filesPathPost?.({ path: "x/y z" }, { a: 1 });
    await expect(failure).rejects.toMatchObject({ response: { status: 404, data: "no" } });
    expect(sent[0]).toMatchObject({ url: "http://other/files/x/y%20z", body: '{"a":1}' });
    await expect(client.filesPathGet?.()).rejects.toThrow("The parameter path of the path is missing");
  });

  it("explains itself, also where the API is empty", () => {
    const files = javaScriptClient({ ...definition, resources: {} }, "http://gateway/api1/prod");
    expect(files["apiGateway-js-sdk/README.md"]).toContain("client.rootGet(");
  });
});
