import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ApiDefinition, apiDefinitionSchema, emptyDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { hashDefinition } from "@/server/domain/hash-definition";
import { applyEdits, applyPatches, type EditCall } from "./apply-edits";
import { edits } from "./index";

/** Few ids and names, so that random edits meet each other: about half of them are refused. */
const id = fc.constantFrom("root", "r1", "r2", "r3", "r4");
const verb = fc.constantFrom("GET", "POST", "ANY", "OPTIONS");
const status = fc.constantFrom("200", "404", "500");
const key = { resourceId: id, httpMethod: verb };
const template = fc.dictionary(fc.constantFrom("application/json", "$default"), fc.string(), { maxKeys: 2 });
const header = fc.constantFrom("method.response.header.A", "method.response.header.B");
const pathPart = fc.constantFrom("a", "b", "{x}", "{y+}");
const definition: fc.Arbitrary<ApiDefinition> = fc.record({ name: fc.string({ minLength: 1 }) }).map(
  ({ name }) =>
    applyEdits(emptyDefinition({ name, rootId: "other" }), [
      { name: "create-resource", input: { id: "sub", parentId: "other", pathPart: "a" } },
      { name: "create-method", input: { resourceId: "sub", httpMethod: "GET" } },
    ]).definition,
);
const integration = fc.oneof(
  fc.record({ type: fc.constant("MOCK"), requestTemplates: template }),
  fc.record({
    type: fc.constantFrom("HTTP", "HTTP_PROXY"),
    httpMethod: fc.constant("GET"),
    uri: fc.constant("http://127.0.0.1/"),
    requestParameters: fc.dictionary(
      fc.constantFrom("integration.request.header.a", "integration.request.querystring.b"),
      fc.constantFrom("'x'", "context.stage", "method.request.header.q", "nonsense"),
    ),
  }),
);
const documentationPart = fc.record({
  id: fc.constantFrom("d1", "d2", "d3"),
  location: fc.oneof(
    fc.constant({ type: "API" }),
    fc.record(
      { type: fc.constant("METHOD"), path: fc.constantFrom("/", "/a"), method: fc.constantFrom("*", "GET") },
      { requiredKeys: ["type"] },
    ),
    fc.record({ type: fc.constantFrom("MODEL", "NONE"), name: fc.constant("M1") }),
  ),
  properties: fc.constantFrom('{"description":"a"}', '{"summary":"b"}', "{}", "nonsense"),
});

const inputs: Record<(typeof edits)[number]["name"], fc.Arbitrary<unknown>> = {
  "create-resource": fc.record({ id, parentId: id, pathPart }),
  "rename-resource": fc.record({ resourceId: id, pathPart }),
  "move-resource": fc.record({ resourceId: id, parentId: id }),
  "delete-resource": fc.record({ resourceId: id }),
  "create-method": fc.record({ ...key, integration: fc.option(integration, { nil: undefined }) }),
  "update-method": fc.record({
    ...key,
    changes: fc.record(
      {
        apiKeyRequired: fc.boolean(),
        requestModels: fc.constantFrom({ "application/json": "Empty" }, { "text/plain": "M1" }),
        requestValidatorId: fc.constantFrom(null, "v1"),
        requestParameters: fc.constantFrom({ "method.request.header.q": true }, {}),
        authorizationType: fc.constantFrom("NONE", "CUSTOM"),
        authorizerId: fc.constantFrom(null, "z1"),
      },
      { requiredKeys: [] },
    ),
  }),
  "delete-method": fc.record(key),
  "put-integration": fc.record({ ...key, integration }),
  "update-integration": fc.record({
    ...key,
    changes: fc.record(
      { timeoutInMillis: fc.integer({ min: 50, max: 29000 }), requestTemplates: template },
      { requiredKeys: [] },
    ),
  }),
  "delete-integration": fc.record(key),
  "put-integration-response": fc.record({
    ...key,
    integrationResponse: fc.record({
      statusCode: status,
      selectionPattern: fc.constantFrom(null, "5\\d\\d"),
      responseTemplates: template,
      responseParameters: fc.dictionary(header, fc.constantFrom("'a'", "integration.response.body.x"), {
        maxKeys: 1,
      }),
    }),
  }),
  "delete-integration-response": fc.record({ ...key, statusCode: status }),
  "put-method-response": fc.record({
    ...key,
    methodResponse: fc.record({
      statusCode: status,
      responseParameters: fc.dictionary(header, fc.boolean()),
    }),
  }),
  "delete-method-response": fc.record({ ...key, statusCode: status }),
  "enable-cors": fc.record({ resourceId: id, gatewayResponses: fc.constantFrom([], ["DEFAULT_4XX"]) }),
  "put-model": fc.record({
    model: fc.record({ name: fc.constantFrom("M1", "M2"), schema: fc.constant('{"type":"string"}') }),
  }),
  "delete-model": fc.record({ name: fc.constantFrom("M1", "Empty") }),
  "put-request-validator": fc.record({
    requestValidator: fc.record({
      id: fc.constant("v1"),
      name: fc.string(),
      validateRequestBody: fc.boolean(),
    }),
  }),
  "delete-request-validator": fc.record({ id: fc.constant("v1") }),
  "put-authorizer": fc.record({
    authorizer: fc.record({
      id: fc.constant("z1"),
      name: fc.string(),
      type: fc.constant("TOKEN"),
      authorizerUri: fc.constant("arn:x"),
    }),
  }),
  "delete-authorizer": fc.record({ id: fc.constant("z1") }),
  "put-gateway-response": fc.record({
    gatewayResponse: fc.record({
      responseType: fc.constantFrom("THROTTLED", "DEFAULT_4XX"),
      statusCode: fc.constantFrom(null, "418"),
    }),
  }),
  "delete-gateway-response": fc.record({ responseType: fc.constantFrom("THROTTLED", "DEFAULT_4XX") }),
  "put-documentation-part": fc.record({ part: documentationPart }),
  "delete-documentation-part": fc.record({ id: fc.constantFrom("d1", "d2") }),
  "import-documentation-parts": fc.record({
    parts: fc.array(documentationPart, { maxLength: 3 }),
    mode: fc.constantFrom("merge", "overwrite"),
  }),
  "update-api": fc.record({
    changes: fc.record(
      { description: fc.string(), binaryMediaTypes: fc.array(fc.string()), policy: fc.constant(null) },
      { requiredKeys: [] },
    ),
  }),
  "replace-definition": fc.record({ definition }),
  "merge-definition": fc.record({ definition }),
};

const call: fc.Arbitrary<EditCall> = fc
  .constantFrom(...edits.map((edit) => edit.name))
  .chain((name) => inputs[name].map((input) => ({ name, input })));

/** Groups of edits applied in order; a refused group is left out, as a service would. */
function play(groups: EditCall[][]) {
  const steps: { before: ApiDefinition; applied: ReturnType<typeof applyEdits> }[] = [];
  let at = emptyDefinition({ name: "Start", rootId: "root" });
  for (const group of groups) {
    try {
      const applied = applyEdits(at, group);
      steps.push({ before: at, applied });
      at = applied.definition;
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
    }
  }
  return { steps, end: at };
}

const groups = fc.array(fc.array(call, { minLength: 1, maxLength: 3 }), { maxLength: 25 });

describe("applyEdits, for any sequence of edits", () => {
  it("gives inverse patches that restore every definition exactly, also after storage as JSON", () => {
    fc.assert(
      fc.property(groups, (sequence) => {
        const { steps, end } = play(sequence);
        let at = end;
        for (const { before, applied } of steps.toReversed()) {
          at = applyPatches(at, JSON.parse(JSON.stringify(applied.inversePatches)));
          expect(at).toEqual(before);
          expect(hashDefinition(at)).toBe(hashDefinition(before));
          expect(applyPatches(before, applied.patches)).toEqual(applied.definition);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("keeps the definition within its schema", () => {
    fc.assert(
      fc.property(groups, (sequence) => {
        const { end } = play(sequence);
        expect(apiDefinitionSchema.parse(end)).toEqual(end);
      }),
      { numRuns: 150 },
    );
  });

  it("does not depend on anything but its arguments", () => {
    fc.assert(
      fc.property(groups, (sequence) => {
        expect(hashDefinition(play(sequence).end)).toBe(hashDefinition(play(sequence).end));
      }),
      { numRuns: 30 },
    );
  });
});
