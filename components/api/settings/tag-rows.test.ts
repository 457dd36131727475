import { describe, expect, it } from "vitest";
import { rowsOfTags, tagsOfRows } from "./tag-rows";

describe("rows of tags", () => {
  it("are in the order of their keys and mean the same tags again, empty rows left out", () => {
    const rows = rowsOfTags({ team: "pets", cost: "" });
    expect(rows.map(({ key }) => key)).toEqual(["cost", "team"]);
    expect(tagsOfRows([...rows, { key: "", value: "" }])).toEqual({ tags: { team: "pets", cost: "" } });
  });

  it("say what cannot be kept, and which", () => {
    const twice = [
      { key: "a", value: "1" },
      { key: "a", value: "2" },
    ];
    expect(tagsOfRows(twice)).toEqual({ key: "a", message: "a is there twice" });
    expect(tagsOfRows([{ key: "aws:x", value: "" }])).toMatchObject({ key: "aws:x" });
    expect(tagsOfRows([{ key: "", value: "x" }])).toMatchObject({ key: "" });
  });
});
