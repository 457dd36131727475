import { describe, expect, it } from "vitest";
import { failure, oas3, operation, read } from "@/server/testing/read-openapi";

const many = <T>(count: number, entry: (index: number) => [string, T]): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));

describe("a small document that means to be a huge one", () => {
  const headers = many(1_000, (index) => [`h${index}`, {}]);
  const response = { description: "", headers };

  it("is refused when every operation refers to one large response", () => {
    const paths = many(5_000, (index) => [
      `/p${index}`,
      { get: { responses: { "200": { $ref: "#/components/responses/large" } } } },
    ]);
    const document = oas3(paths, { components: { responses: { large: response } } });
    expect(failure(JSON.stringify(document))).toMatchObject({ code: "LIMIT" });
  });

  it("is refused when every path refers to one large path item", () => {
    const paths = many(5_000, (index) => [`/p${index}`, { $ref: "#/x-item" }]);
    const document = oas3(paths, { "x-item": { get: { responses: { "200": response } } } });
    expect(failure(JSON.stringify(document))).toMatchObject({ code: "LIMIT" });
  });

  it("is refused when every operation asks for the same many schemes", () => {
    const paths = many(200, (index) => [`/p${index}`, { get: operation() }]);
    const security = Array.from({ length: 20_000 }, () => ({ key: [] }));
    const components = { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-api-key" } } };
    expect(failure(JSON.stringify(oas3(paths, { security, components })))).toMatchObject({ code: "LIMIT" });
  });

  it("does not get a resource for each of the thousands of parts of a path", () => {
    const { definition, said } = read(oas3({ [`${"/a".repeat(5_000)}`]: { get: operation() } }));
    expect(Object.keys(definition.resources)).toHaveLength(1);
    expect(said.join()).toContain("it has more than 200 parts");
  });
});

describe("a large document", () => {
  it("is read in a time that grows with its length when many schemas have the same name", () => {
    const marks = [..."!@%^&*()-=+[]:,.<>? "];
    const keys = marks.flatMap((a) => marks.flatMap((b) => marks.map((c) => `a${a}${b}${c}`)));
    const schemas = many(keys.length, (index) => [keys[index] as string, { type: "string" }]);
    const start = performance.now();
    const { definition } = read(oas3({}, { components: { schemas } }));
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(Object.keys(definition.models)).toContain(`a${keys.length}`);
  });

  it("keeps a variable's first name among many siblings", () => {
    const siblings = many(2_000, (index) => [`/a${index}`, {}]);
    const below = many(2_000, (index) => [index % 2 ? `/{x}/b${index}` : `/{y}/b${index}`, {}]);
    const { definition } = read(oas3({ ...siblings, ...below }));
    const variables = Object.values(definition.resources).filter(({ pathPart }) => pathPart.startsWith("{"));
    expect(variables.map(({ pathPart }) => pathPart)).toEqual(["{y}"]);
    expect(Object.keys(definition.resources)).toHaveLength(1 + 2_000 + 1 + 2_000);
  });
});
