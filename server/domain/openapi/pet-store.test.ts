import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDefinition } from "@/server/domain/check/check-definition";
import type { UpstreamAnswer, UpstreamRequest } from "@/server/gateway/ports";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { type TestInvokeRequest, testInvoke } from "@/server/gateway/test-invoke";
import { createPetStore } from "@/server/launcher/demo-backend/pet-store";
import { importOpenApi } from "./import/import-openapi";

const source = readFileSync("prisma/seed/pet-store.openapi.yaml", "utf8");
let count = 0;
const { definition, report } = importOpenApi(source, { ids: () => `id${count++}` });

describe("the pet store sample", () => {
  it("is kept entirely", () => {
    expect(report.filter((entry) => entry.outcome !== "kept")).toEqual([]);
  });

  it("has no problems on a stage with its variable", () => {
    expect(checkDefinition(definition, { stageVariables: { backend: "127.0.0.1:9000" } })).toEqual([]);
  });

  it("shows every kind of integration it promises", () => {
    const methods = Object.values(definition.resources).flatMap((resource) =>
      Object.values(resource.resourceMethods),
    );
    const types = new Set(methods.map((method) => method.methodIntegration?.type));
    expect([...types].sort()).toEqual(["HTTP", "HTTP_PROXY", "MOCK"]);
    expect(methods.filter((method) => method.apiKeyRequired)).toHaveLength(1);
  });
});

type Sent = { method: string; origin: string; path: string; body: unknown };

/** Sends a request through the draft, with a back end that answers as the demo's does. */
async function send(request: TestInvokeRequest) {
  const sent: Sent[] = [];
  const store = createPetStore();
  const upstream = {
    async send({ method, origin, path, body }: UpstreamRequest): Promise<UpstreamAnswer> {
      const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? "");
      const payload = text === "" ? undefined : JSON.parse(text);
      sent.push({ method, origin, path, body: payload });
      const url = new URL(path, origin);
      const id = /^\/pets\/(\d+)$/.exec(url.pathname)?.[1];
      const answer = (status: number, value: unknown): UpstreamAnswer => ({
        status,
        headers: ["content-type", "application/json", ...(status === 201 ? ["location", "/pets/5"] : [])],
        body: new TextEncoder().encode(value === undefined ? "" : JSON.stringify(value)),
      });
      if (id) {
        const pet = store.find(Number(id));
        return pet ? answer(200, pet) : answer(404, { error: "no" });
      }
      if (method === "POST") return answer(201, store.add({ vaccinated: false, ...payload }));
      return answer(200, store.list({ type: url.searchParams.get("type") ?? undefined }));
    },
  };
  const result = await testInvoke({
    snapshot: definition,
    stageConfig: stageConfigSchema.parse({ stageName: "prod", variables: { backend: "127.0.0.1:9000" } }),
    apiId: "petstore01",
    request,
    ports: {
      clock: { nowMs: () => 0, monotonicMs: () => 0 },
      ids: {
        requestId: () => "request-1",
        extendedRequestId: () => "x=",
        hex: (digits) => "0".repeat(digits),
        fraction: () => 0.5,
      },
      functions: { invoke: () => Promise.reject(new Error("the sample has no functions")) },
      upstream,
      compression: { compress: () => Promise.reject(), decompress: () => Promise.reject() },
    },
  });
  return {
    status: result.status,
    headers: Object.fromEntries(result.headers),
    body: JSON.parse(result.body || "null"),
    sent,
  };
}

describe("the pet store sample answers", () => {
  it.each([
    [undefined, 200, { id: 0, name: "Bello", species: "dog", price: 120, stage: "prod" }],
    ["cat", 200, { id: 0, name: "Mia", species: "cat", price: 80, stage: "prod" }],
    ["o'cat\"", 404, { error: "There is no featured o'cat\"", requestId: "request-1" }],
  ])("the pet of the day for species %s", async (species, status, body) => {
    const answer = await send({
      httpMethod: "GET",
      path: "/pets/featured",
      query: species === undefined ? {} : { species },
    });
    expect(answer).toMatchObject({ status, body, sent: [] });
  });

  it("the list, with the back end's words replaced", async () => {
    const answer = await send({ httpMethod: "GET", path: "/pets", query: { species: "cat" } });
    expect(answer.sent).toMatchObject([
      { method: "GET", origin: "http://127.0.0.1:9000", path: "/pets?type=cat" },
    ]);
    expect(answer).toMatchObject({
      status: 200,
      body: [{ id: 2, name: "Minka", species: "cat", price: 124.99, href: "/prod/pets/2" }],
    });
  });

  it("a new pet, rewritten on the way there and back", async () => {
    const pet = { name: 'Ada "A" O\'Neil', species: "CAT", price: 12.5, tags: ["it's shy", "small"] };
    const answer = await send({
      httpMethod: "POST",
      path: "/pets",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...pet, species: "cat" }),
    });
    expect(answer.sent[0]).toMatchObject({
      method: "POST",
      body: { name: pet.name, type: "cat", price: 12.5, tags: pet.tags },
    });
    expect(answer).toMatchObject({
      status: 201,
      headers: { Location: "/pets/5" },
      body: { id: 5, name: pet.name, species: "cat", price: 12.5, href: "/prod/pets/5" },
    });
  });

  it("422 in its own words for a body that is no pet", async () => {
    const answer = await send({
      httpMethod: "POST",
      path: "/pets",
      headers: { "Content-Type": "application/json" },
      body: '{"name": "Ada"}',
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { error: "This is not a pet: it needs a name and a species" },
      sent: [],
    });
  });

  it.each([
    ["1", 200, { id: 1, name: "Bello", species: "dog", href: "/prod/pets/1" }],
    ["99", 404, { error: "There is no pet 99", requestId: "request-1" }],
  ])("pet %s", async (petId, status, body) => {
    const answer = await send({ httpMethod: "GET", path: "/pets/{petId}", pathParameters: { petId } });
    expect(answer).toMatchObject({ status, body, sent: [{ path: `/pets/${petId}` }] });
  });

  it("whatever the back end does below /backend", async () => {
    const answer = await send({
      httpMethod: "GET",
      path: "/backend/{proxy+}",
      pathParameters: { proxy: "pets/3" },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { name: "Bubbles", type: "fish" },
      sent: [{ path: "/pets/3" }],
    });
  });
});
