import { describe, expect, it } from "vitest";
import { checkShape } from "./check-shape";
import { parseMembers } from "./member-notation";
import { OPERATIONS } from "./operation-list";
import { pageOf } from "./page";
import { readInput } from "./read-input";
import { routeOperation } from "./route-operation";
import { writeAnswer } from "./write-answer";

function route(method: string, path: string) {
  const url = new URL(`http://x${path}`);
  return routeOperation({ method, path: url.pathname, query: url.searchParams });
}

/** The input of a request, read and checked as when it comes in. */
function input(method: string, path: string, body: unknown = "") {
  const routed = route(method, path);
  if (!routed) throw new Error(`No operation at ${path}`);
  const read = readInput(routed, {
    query: new URL(`http://x${path}`).searchParams,
    headers: new Headers({ accept: "application/yaml" }),
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  checkShape(routed.operation, read);
  return read;
}

const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
  return "none";
};

describe("the table of operations", () => {
  it("holds all 124 of the service, each at an address of its own", () => {
    expect(OPERATIONS).toHaveLength(124);
    const addresses = OPERATIONS.map(({ method, segments, fixedQuery }) =>
      JSON.stringify([method, segments.map((one) => ("param" in one ? "*" : one.literal)), fixedQuery]),
    );
    // A resource's id and its parent's stand at the same place, for different verbs.
    expect(new Set(addresses).size).toBe(124);
  });

  it.each([
    ["GET", "/restapis", "GetRestApis"],
    ["POST", "/restapis", "CreateRestApi"],
    ["POST", "/restapis?mode=import", "ImportRestApi"],
    ["POST", "/apikeys?mode=import&format=csv", "ImportApiKeys"],
    ["PUT", "/restapis/a/resources/b/methods/GET/integration/responses/200", "PutIntegrationResponse"],
    ["DELETE", "/restapis/a/stages/b/cache/data", "FlushStageCache"],
    ["GET", "/restapis/", "GetRestApis"],
  ])("routes %s %s to %s", (method, path, name) => {
    expect(route(method, path)?.operation.name).toBe(name);
  });

  it("decodes parameters, slashes included", () => {
    const arn = "arn:aws:apigateway:us-east-1::/restapis/abc";
    expect(route("GET", `/tags/${encodeURIComponent(arn)}`)?.params).toEqual({ resourceArn: arn });
    expect(route("GET", "/tags/%E0%A4%A")).toBeNull();
    expect(route("GET", "/nothing")).toBeNull();
    expect(route("PUT", "/restapis/a/models")).toBeNull();
  });
});

describe("reading an input", () => {
  it("takes members from where they travel", () => {
    expect(input("GET", "/restapis/a/resources?limit=5&position=p&embed=methods&embed=x")).toEqual({
      restApiId: "a",
      limit: 5,
      position: "p",
      embed: ["methods", "x"],
    });
    const put = input("PUT", "/restapis/a/resources/b/methods/GET/integration", {
      type: "HTTP",
      httpMethod: "POST",
      unknown: 1,
      uri: null,
    });
    expect(put).toMatchObject({ httpMethod: "GET", integrationHttpMethod: "POST", type: "HTTP" });
    expect(put).not.toHaveProperty("uri");
    const path = "/restapis/a/stages/s/exports/oas30?extensions=apigateway";
    expect(input("GET", path)).toMatchObject({
      Accept: "application/yaml",
      parameters: { extensions: "apigateway" },
    });
    expect(input("POST", "/restapis?mode=import&basepath=split&failonwarnings=true", "openapi: 3")).toEqual({
      failonwarnings: true,
      parameters: { basepath: "split" },
      body: "openapi: 3",
    });
  });

  it("keeps null in maps, where it means something", () => {
    const body = { responseTemplates: { "application/json": null } };
    expect(input("PUT", "/restapis/a/resources/b/methods/GET/integration/responses/200", body)).toMatchObject(
      body,
    );
  });

  it.each([
    [{ name: true }, "class java.lang.Boolean can not be converted to an String"],
    [
      { name: 1 },
      "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String",
    ],
    [{ name: {} }, "Start of structure or map found where not expected."],
    [{ name: "x", tags: [] }, "Unexpected value found where a map was expected"],
    [{ name: "x", binaryMediaTypes: "y" }, "Unexpected value found where a list was expected"],
    [{ name: "x", minimumCompressionSize: "1" }, "class java.lang.String can not be converted to an Integer"],
    ["[]", "Unexpected value found where a structure was expected"],
    ["{", "Could not parse request body into json"],
  ])("refuses JSON of the wrong type: %j", (body, message) => {
    expect(refusal(() => input("POST", "/restapis", body))).toBe(`SerializationException: ${message}`);
  });
});

describe("the shape of an input", () => {
  it("is judged as a whole, with all that is wrong in one message", () => {
    const body = {
      name: "x",
      endpointConfiguration: { ipAddressType: "ipv5", types: ["EDGE", "MOON"] },
      apiKeySource: "NOWHERE",
    };
    expect(refusal(() => input("POST", "/restapis", body))).toBe(
      "ValidationException: 3 validation errors detected: " +
        "Value 'NOWHERE' at 'createRestApiInput.apiKeySource' failed to satisfy constraint: Member must satisfy enum value set: [HEADER, AUTHORIZER]; " +
        "Value '[EDGE, MOON]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]; " +
        "Value 'ipv5' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]",
    );
  });

  it("demands required members, and statuses that are some", () => {
    expect(refusal(() => input("POST", "/restapis", {}))).toContain(
      "Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null",
    );
    const path = "/restapis/a/resources/b/methods/GET/responses/700";
    const body = { patchOperations: [{ op: "add" }, { op: "mend" }] };
    expect(refusal(() => input("PATCH", path, body))).toBe(
      "ValidationException: 2 validation errors detected: " +
        "Value 'mend' at 'updateMethodResponseInput.patchOperations.2.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]; " +
        "Value '700' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
    );
    expect(refusal(() => input("GET", "/restapis/a/gatewayresponses/NONE"))).toContain("at 'responseType'");
  });
});

describe("an answer", () => {
  it("leaves out what is undefined and writes dates as epoch seconds", async () => {
    const value = { id: "a", at: new Date("2026-01-01T00:00:00.900Z"), none: undefined, list: [{ x: null }] };
    const answer = writeAnswer(value, 201, "r");
    expect(answer.status).toBe(201);
    expect(answer.headers.get("x-amzn-requestid")).toBe("r");
    expect(await answer.json()).toEqual({ id: "a", at: 1767225600, list: [{ x: null }] });
  });

  it("pages by 25, by up to 500 when asked, and has nothing for a limit below one", () => {
    const items = Array.from({ length: 60 }, (_, index) => index);
    const first = pageOf(items, {});
    expect(first.item).toHaveLength(25);
    expect(pageOf(items, { position: first.position, limit: 500 })).toEqual({ item: items.slice(25) });
    expect(pageOf(items, { limit: -1 })).toEqual({ item: [] });
    expect(refusal(() => pageOf(items, { position: "x" }))).toContain("BadRequestException");
  });
});

it("member notation is refused where it says nothing", () => {
  expect(() => parseMembers("name:Unheard")).toThrow("There is no shape Unheard");
  expect(() => parseMembers("!")).toThrow("is no member");
});
