import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSchema, type SchemaProblem } from "./compile-schema";
import { SchemaBudgetError } from "./schema-check";

type SchemaCase = {
  schema: unknown;
  value: unknown;
  errors: string[] | null;
  documents?: Record<string, unknown>;
};

const cases = readFileSync(path.join(import.meta.dirname, "schema-cases.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as SchemaCase);

function compile(schema: unknown, documents: Record<string, unknown> = {}) {
  const problems: SchemaProblem[] = [];
  const check = compileSchema(schema, {
    document: (uri) => documents[uri],
    onProblem: (problem) => problems.push(problem),
  });
  return { check, problems };
}

describe("compileSchema", () => {
  it.each(cases.map((c) => [JSON.stringify(c.schema), JSON.stringify(c.value), c] as const))(
    "%s says of %s what is wrong with it",
    (_schema, _value, { schema, value, errors, documents }) => {
      expect(compile(schema, documents).check(value)).toEqual(errors);
    },
  );

  it.each([
    [{ $ref: "https://example.com/schema" }, ["$ref"]],
    [{ properties: { a: { $ref: "#/definitions/none" } } }, ["properties", "a", "$ref"]],
    [{ items: [{ $ref: "#/%zz" }] }, ["items", 0, "$ref"]],
    [{ $ref: "#nobody" }, ["$ref"]],
    [{ pattern: "(?=a)" }, ["pattern"]],
    [{ pattern: "(?<!a)b" }, ["pattern"]],
    [{ pattern: "(a)\\1" }, ["pattern"]],
    [{ pattern: "(" }, ["pattern"]],
    [{ pattern: "a\\" }, ["pattern"]],
    [{ pattern: "[\\S]" }, ["pattern"]],
    [{ pattern: "a".repeat(5_000) }, ["pattern"]],
    [{ patternProperties: { "(?=a)": {} } }, ["patternProperties", "(?=a)"]],
    [{ not: true }, ["not"]],
    [[], []],
  ])("reports %j with its place", (schema, place) => {
    expect(compile(schema).problems[0]?.path).toEqual(place);
  });

  it("takes linear time for a pattern that ruins backtracking engines", () => {
    const { check, problems } = compile({ pattern: "^(a+)+$" });
    expect(problems).toEqual([]);
    expect(check(`${"a".repeat(50_000)}!`)).toHaveLength(1);
  });

  it.each([
    ["a schema that leads to itself", { $ref: "#" }, 1],
    [
      "two that lead to each other",
      { allOf: [{ $ref: "#/definitions/a" }], definitions: { a: { $ref: "#" } } },
      1,
    ],
    [
      "branches that double at every level",
      { properties: { a: { anyOf: [{ $ref: "#" }, { $ref: "#" }] } }, required: ["b"] },
      JSON.parse(`${'{"a":'.repeat(60)}1${"}".repeat(60)}`),
    ],
    [
      "a value that is nested without end",
      { items: { $ref: "#" } },
      JSON.parse("[".repeat(900) + "]".repeat(900)),
    ],
  ])("gives up on %s", (_what, schema, value) => {
    const { check } = compile(schema);
    let outcome: unknown;
    try {
      outcome = check(value);
    } catch (error) {
      outcome = error;
    }
    if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(SchemaBudgetError);
  });

  it("never fails otherwise, whatever the schema and the value are", () => {
    const names = fc.constantFrom(
      ...["type", "items", "properties", "required", "enum", "allOf", "oneOf", "not", "pattern", "$ref"],
      ...["additionalProperties", "additionalItems", "dependencies", "patternProperties", "__proto__", "id"],
    );
    const schema = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        fc.jsonValue(),
        fc.constantFrom("#", "#/properties/a", "string", "^a+$"),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(names, tie("node"), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(schema, fc.jsonValue(), (anySchema, value) => {
        try {
          const errors = compile(anySchema).check(value);
          expect(errors === null || errors.length > 0).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(SchemaBudgetError);
        }
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });
});
