import fc from "fast-check";
import { expect, it } from "vitest";
import { fullLocation, locationKey } from "@/server/domain/documentation/part-location";
import { oas3, operation, read } from "@/server/testing/read-openapi";
import { exportOpenApi } from "./export/export-openapi";

const response = { description: "200 response", headers: { "X-A": { schema: { type: "string" } } } };
const verb = operation({
  parameters: [{ name: "page", in: "query", schema: { type: "string" } }],
  requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
  responses: { "200": response },
});
const { definition } = read(
  oas3(
    { "/pets": { get: verb, post: verb }, "/pets/{id}": { get: verb } },
    { components: { schemas: { Pet: { type: "object" } } } },
  ),
);

const path = fc.constantFrom(undefined, "/", "/pets", "/pets/{id}", "/gone");
const method = fc.constantFrom(undefined, "*", "GET", "POST");
const statusCode = fc.constantFrom(undefined, "*", "200");
const location = fc.oneof(
  fc.constant({ type: "API" }),
  fc.record({ type: fc.constant("RESOURCE"), path }),
  fc.record({ type: fc.constantFrom("METHOD", "REQUEST_BODY"), path, method }),
  fc.record({ type: fc.constant("QUERY_PARAMETER"), path, method, name: fc.constant("page") }),
  fc.record({ type: fc.constant("RESPONSE"), path, method, statusCode }),
  fc.record({ type: fc.constant("RESPONSE_HEADER"), path, method, statusCode, name: fc.constant("X-A") }),
  fc.record({ type: fc.constantFrom("MODEL", "AUTHORIZER"), name: fc.constant("Pet") }),
);
const properties = fc.constantFrom(
  {},
  { description: "a" },
  { description: "b" },
  { summary: "a" },
  { description: "a", summary: "b" },
  { tags: ["x"] },
  { info: { contact: { name: "n" } } },
  { own: 1 },
);

it("documentation comes back from both forms of OpenAPI, wherever it stands and whatever repeats what", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(location, properties), { selector: ([at]) => locationKey(at), maxLength: 8 }),
      fc.constantFrom("oas30" as const, "swagger" as const),
      (parts, format) => {
        const documentationParts = parts.map(([at, said], index) => ({
          id: `p${index}`,
          location: fullLocation(at),
          properties: JSON.stringify(said),
        }));
        const document = exportOpenApi({ ...definition, documentationParts }, { format, extensions: true });
        const shape = (list: typeof documentationParts) =>
          Object.fromEntries(list.map((part) => [locationKey(part.location), JSON.parse(part.properties)]));
        expect(shape(read(document).definition.documentationParts)).toEqual(shape(documentationParts));
      },
    ),
    { numRuns: 300 },
  );
});
