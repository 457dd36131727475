import { describe, expect, it } from "vitest";
import { modelTemplate } from "./model-template";

const of = (schema: unknown) => modelTemplate(JSON.stringify(schema)).split("\n").slice(1).join("\n");

describe("modelTemplate", () => {
  it("has a place holder for every value, in the structure of the model", () => {
    const schema = {
      type: "object",
      properties: {
        name: { type: ["null", "string"] },
        age: { type: "integer" },
        weight: { type: "number" },
        isTame: { type: "boolean" },
        nothing: { type: "null" },
        owner: { properties: { "a$b#c": { enum: ["x"] } } },
        anything: {},
      },
    };
    expect(modelTemplate(JSON.stringify(schema))).toBe(
      [
        "#set($inputRoot = $input.path('$'))",
        "{",
        '  "name" : "foo",',
        '  "age" : 42,',
        '  "weight" : 42,',
        '  "isTame" : true,',
        '  "nothing" : null,',
        '  "owner" : {',
        '    "a\\u0024b\\u0023c" : "foo"',
        "  },",
        '  "anything" : { }',
        "}",
      ].join("\n"),
    );
  });

  it("has a loop for every array", () => {
    const loop = (value: string) =>
      `[\n##TODO: Update this foreach loop to reference array from input json\n#foreach($elem in $inputRoot)\n  ${value}#if($foreach.hasNext),#end\n\n#end\n]`;
    expect(of({ type: "array", items: { type: "string" } })).toBe(loop('"foo"'));
    expect(of({ items: [{ type: "integer" }] })).toBe(loop("42"));
    expect(of({ type: "array" })).toBe(loop("{ }"));
  });

  it("follows references into its definitions, takes allOf together, and ends where a model is in itself", () => {
    const Pet = {
      type: "object",
      properties: { id: { type: "number" }, child: { $ref: "#/definitions/Pet" } },
    };
    expect(of({ $ref: "#/definitions/Pet", definitions: { Pet } })).toBe(
      '{\n  "id" : 42,\n  "child" : null\n}',
    );
    const parts = [{ $ref: "#/definitions/Pet" }, { properties: { name: { type: "string" } } }];
    expect(of({ allOf: parts, definitions: { Pet } })).toBe(
      '{\n  "id" : 42,\n  "child" : {\n    "id" : 42,\n    "child" : null\n  },\n  "name" : "foo"\n}',
    );
    expect(
      of({ $ref: "#/definitions/A", definitions: { A: { allOf: [{ $ref: "#/definitions/A" }] } } }),
    ).toBe("{ }");
  });

  it("stays small whatever the model refers to", () => {
    const names = ["A", "B", "C", "D", "E", "F", "G", "H"];
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name}` }]));
    const definitions = Object.fromEntries(names.map((name) => [name, { properties }]));
    expect(of({ properties, definitions }).length).toBeLessThan(500_000);
  });

  it("makes something of what is no schema", () => {
    expect(modelTemplate("no JSON")).toBe("#set($inputRoot = $input.path('$'))\n{ }");
    expect(of([])).toBe("{ }");
  });
});
