import { describe, expect, it } from "vitest";
import { type ApiDefinition, emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { diffDefinitions } from "./diff-definitions";

const base: ApiDefinition = applyEdits(emptyDefinition({ name: "Pets", rootId: "root" }), [
  { name: "put-model", input: { model: { name: "Pet", schema: '{"type":"object"}' } } },
  {
    name: "put-request-validator",
    input: {
      requestValidator: {
        id: "all",
        name: "all",
        validateRequestBody: true,
        validateRequestParameters: true,
      },
    },
  },
  { name: "create-resource", input: { id: "pets", parentId: "root", pathPart: "pets" } },
  { name: "create-method", input: { resourceId: "pets", httpMethod: "GET" } },
  {
    name: "create-method",
    input: {
      resourceId: "pets",
      httpMethod: "POST",
      integration: { type: "HTTP", httpMethod: "POST", uri: "http://127.0.0.1/pets" },
      requestModels: { "application/json": "Pet" },
      requestValidatorId: "all",
    },
  },
] satisfies TypedEditCall[]).definition;

const get = { resourceId: "pets", httpMethod: "GET" } as const;
const post = { resourceId: "pets", httpMethod: "POST" } as const;

function differences(...calls: TypedEditCall[]) {
  return diffDefinitions(base, applyEdits(base, calls).definition).map(
    ({ kind, path, summary, breaking }) => `${breaking ? "!" : " "}${kind} ${path}: ${summary}`,
  );
}

describe("diffDefinitions", () => {
  it("has nothing to say of equal definitions, whatever their ids", () => {
    expect(diffDefinitions(base, structuredClone(base))).toEqual([]);
    const renamed = structuredClone(base);
    const { pets } = renamed.resources;
    if (pets) renamed.resources = { ...renamed.resources, other: { ...pets, id: "other" } };
    delete renamed.resources.pets;
    expect(diffDefinitions(base, renamed)).toEqual([]);
  });

  it.each<[expected: string[], ...calls: TypedEditCall[]]>([
    [
      ["!changed /pets GET › method request › API key: GET /pets now requires an API key"],
      { name: "update-method", input: { ...get, changes: { apiKeyRequired: true } } },
    ],
    [
      ["!changed /pets GET › method request › authorization: GET /pets now requires AWS_IAM authorization"],
      { name: "update-method", input: { ...get, changes: { authorizationType: "AWS_IAM" } } },
    ],
    [
      [" added /pets GET › method request › query parameter page: GET /pets now takes query parameter page"],
      {
        name: "update-method",
        input: { ...get, changes: { requestParameters: { "method.request.querystring.page": false } } },
      },
    ],
    [
      [
        "!added /pets POST › method request › query parameter page: POST /pets now requires query parameter page",
      ],
      {
        name: "update-method",
        input: { ...post, changes: { requestParameters: { "method.request.querystring.page": true } } },
      },
    ],
    [["!removed /pets GET: Method GET /pets is gone"], { name: "delete-method", input: get }],
    [
      [" added /pets PUT: Method PUT /pets is new"],
      { name: "create-method", input: { resourceId: "pets", httpMethod: "PUT" } },
    ],
    [
      ["!removed /pets GET › integration response 200: GET /pets no longer answers 200 from its integration"],
      { name: "delete-integration-response", input: { ...get, statusCode: "200" } },
    ],
    [
      ["!removed /pets GET › method response 200: GET /pets no longer answers 200"],
      { name: "delete-method-response", input: { ...get, statusCode: "200" } },
    ],
    [
      [
        " changed /pets GET › integration request › template application/json: The application/json request template of GET /pets changed",
      ],
      {
        name: "update-integration",
        input: { ...get, changes: { requestTemplates: { "application/json": "{}" } } },
      },
    ],
    [
      [" changed /pets POST › integration › timeout: The timeout of POST /pets is now 500 ms"],
      { name: "update-integration", input: { ...post, changes: { timeoutInMillis: 500 } } },
    ],
    [
      [
        " changed /pets POST › integration › address: The address of POST /pets is now http://127.0.0.1/other",
      ],
      { name: "update-integration", input: { ...post, changes: { uri: "http://127.0.0.1/other" } } },
    ],
    [
      [
        " added /pets POST › integration request › header x: POST /pets sends header x to the back end from 'a'",
      ],
      {
        name: "update-integration",
        input: { ...post, changes: { requestParameters: { "integration.request.header.x": "'a'" } } },
      },
    ],
    [
      ["!changed model Pet: Model Pet now requires name"],
      {
        name: "put-model",
        input: { model: { name: "Pet", schema: '{"type":"object","required":["name"]}' } },
      },
    ],
    [
      [" changed API › description: The API's description changed"],
      { name: "update-api", input: { changes: { description: "x" } } },
    ],
    [
      ["!changed API › resource policy: There is now a resource policy"],
      { name: "update-api", input: { changes: { policy: '{"Statement":[]}' } } },
    ],
    [
      [" added gateway response THROTTLED: Gateway response THROTTLED is now customised"],
      {
        name: "put-gateway-response",
        input: { gatewayResponse: { responseType: "THROTTLED", statusCode: "420" } },
      },
    ],
    [
      [" added /cats: Resource /cats is new"],
      { name: "create-resource", input: { id: "cats", parentId: "root", pathPart: "cats" } },
    ],
  ])("says %s", (expected, ...calls) => {
    expect(differences(...calls)).toEqual(expected);
  });

  it("names what answers a method now, when another integration does", () => {
    expect(
      differences({
        name: "put-integration",
        input: { ...get, integration: { type: "HTTP_PROXY", httpMethod: "GET", uri: "http://127.0.0.1/" } },
      })[0],
    ).toBe(
      " changed /pets GET › integration: GET /pets is now answered by HTTP_PROXY http://127.0.0.1/ in place of a MOCK",
    );
  });

  it("is the same list backwards, additions for removals", () => {
    const after = applyEdits(base, [
      { name: "delete-method", input: get },
      { name: "create-resource", input: { id: "cats", parentId: "root", pathPart: "cats" } },
    ]).definition;
    const kinds = (list: ReturnType<typeof diffDefinitions>) =>
      list.map(({ kind, path }) => `${kind} ${path}`).sort();
    const swap = (text: string) =>
      text.startsWith("added") ? text.replace("added", "removed") : text.replace("removed", "added");
    expect(kinds(diffDefinitions(after, base))).toEqual(kinds(diffDefinitions(base, after)).map(swap).sort());
  });
});
