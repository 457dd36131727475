import { describe, expect, it } from "vitest";
import { emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { EditError } from "@/server/domain/errors";

const empty = emptyDefinition({ name: "A", rootId: "root" });
const put = (
  id: string,
  location: { type: string; [field: string]: string },
  properties = "{}",
): TypedEditCall => ({
  name: "put-documentation-part",
  input: { part: { id, location, properties } },
});
const done = (...calls: TypedEditCall[]) => applyEdits(empty, calls);

function refused(...calls: TypedEditCall[]): EditError {
  try {
    done(...calls);
  } catch (error) {
    if (error instanceof EditError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

describe("documentation parts", () => {
  it("are added with AWS's defaults, changed by id, and deleted", () => {
    const { definition, labels } = done(
      put("d1", { type: "METHOD", path: "/a" }, '{"summary":"one"}'),
      put("d1", { type: "METHOD", path: "/a", method: "*" }, '{"summary":"two"}'),
      put("d2", { type: "API" }),
      { name: "delete-documentation-part", input: { id: "d2" } },
    );
    expect(definition.documentationParts).toEqual([
      {
        id: "d1",
        location: { type: "METHOD", path: "/a", method: "*", statusCode: null, name: null },
        properties: '{"summary":"two"}',
      },
    ]);
    expect(labels).toEqual([
      "Add documentation: METHOD of * /a",
      "Change documentation: METHOD of * /a",
      "Add documentation: API",
      "Delete documentation: API",
    ]);
  });

  it("are refused for a place that is taken, a location that cannot be and properties that are no object", () => {
    expect(refused(put("d1", { type: "METHOD" }), put("d2", { type: "METHOD", path: "/" }))).toMatchObject({
      code: "CONFLICT",
      message: "Documentation part already exists for the specified location",
    });
    expect(refused(put("d1", { type: "API", name: "x" })).message).toContain("'name' is not a valid field");
    for (const text of ["", "[]", "null", "7"])
      expect(refused(put("d1", { type: "API" }, text)).message).toContain("JSON object");
    expect(
      refused(put("d1", { type: "METHOD" }), put("d1", { type: "METHOD", path: "/b" })).message,
    ).toContain("location of a documentation part cannot be changed");
    expect(refused({ name: "delete-documentation-part", input: { id: "gone" } })).toMatchObject({
      code: "NOT_FOUND",
      message: "Invalid Documentation part identifier specified",
    });
  });

  const parts = [
    { id: "x", location: { type: "API" }, properties: '{"summary":"new"}' },
    { id: "x", location: { type: "MODEL", name: "Pet" }, properties: "{}" },
  ];

  it("are merged: known places keep their ids and what is not named", () => {
    const { definition } = done(
      put("d1", { type: "API" }, '{"summary":"old","description":"kept"}'),
      put("d2", { type: "METHOD" }),
      { name: "import-documentation-parts", input: { parts } },
    );
    expect(definition.documentationParts.map(({ id, properties }) => [id, properties])).toEqual([
      ["d1", '{"description":"kept","summary":"new"}'],
      ["d2", "{}"],
      ["x", "{}"],
    ]);
  });

  it("are replaced as a whole, with an id of its own for each", () => {
    const { definition, labels } = done(put("d1", { type: "API" }, '{"a":1}'), put("x", { type: "METHOD" }), {
      name: "import-documentation-parts",
      input: {
        parts: [...parts, { id: "x", location: { type: "MODEL", name: "Pet" }, properties: '{"title":"P"}' }],
        mode: "overwrite",
      },
    });
    expect(definition.documentationParts.map(({ id, properties }) => [id, properties])).toEqual([
      ["d1", '{"summary":"new"}'],
      ["xx", '{"title":"P"}'],
    ]);
    expect(labels.at(-1)).toBe("Import 3 documentation parts in place of all");
  });
});
