import { describe, expect, it } from "vitest";
import { emptyDefinition } from "../definition";
import { flattenModel } from "./flatten-model";

const url = (name: string) => `https://apigateway.amazonaws.com/restapis/abc/models/${name}`;
const model = (name: string, schema: unknown) => ({
  name,
  description: "",
  contentType: "application/json",
  schema: typeof schema === "string" ? schema : JSON.stringify(schema),
});

function flat(schema: unknown, others: Record<string, unknown> = {}) {
  const definition = emptyDefinition({ name: "A", rootId: "root" });
  for (const [name, other] of Object.entries(others)) definition.models[name] = model(name, other);
  return flattenModel(definition, model("Main", schema)).schema;
}

describe("a flattened model", () => {
  it("holds what it refers to, and what that refers to, once", () => {
    const others = {
      Pet: { type: "object", properties: { owner: { $ref: url("Owner") }, twin: { $ref: url("Pet") } } },
      Owner: { type: "object", properties: { pets: { type: "array", items: { $ref: url("Pet") } } } },
    };
    const main = { anyOf: [{ $ref: url("Pet") }, { $ref: "#/definitions/Own" }], definitions: { Own: {} } };
    expect(JSON.parse(flat(main, others))).toEqual({
      anyOf: [{ $ref: "#/definitions/Pet" }, { $ref: "#/definitions/Own" }],
      definitions: {
        Own: {},
        Pet: {
          type: "object",
          properties: { owner: { $ref: "#/definitions/Owner" }, twin: { $ref: "#/definitions/Pet" } },
        },
        Owner: {
          type: "object",
          properties: { pets: { type: "array", items: { $ref: "#/definitions/Pet" } } },
        },
      },
    });
  });

  it("accepts anything where a model that is gone is referred to", () => {
    expect(JSON.parse(flat({ $ref: url("Gone") }))).toEqual({
      $ref: "#/definitions/Gone",
      definitions: { Gone: {} },
    });
  });

  it.each(["[1]", "not JSON", '{"type":"object"}'])("stays as it is without references: %s", (schema) => {
    expect(flat(schema)).toBe(schema);
  });
});
