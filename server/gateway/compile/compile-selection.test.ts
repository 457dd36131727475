import { describe, expect, it } from "vitest";
import { integrationResponseSchema } from "../snapshot/integration";
import { ProblemList } from "./compile-scope";
import { compileSelection } from "./compile-selection";

function selector(patterns: Record<string, string | null>) {
  const responses = Object.entries(patterns).map(([statusCode, selectionPattern]) => ({
    source: integrationResponseSchema.parse({ statusCode, selectionPattern }),
    compiled: statusCode,
  }));
  return compileSelection(responses, new ProblemList([], []));
}

describe("compileSelection", () => {
  it("finds the same response each time a status comes", () => {
    const { select } = selector({ 200: null, 404: "4\\d\\d", 500: "5.." });
    const statuses = ["404", "503", "200", "404", "503", "200"];
    expect(statuses.map(select)).toEqual(["404", "500", "200", "404", "500", "200"]);
  });

  it("finds nothing, each time, where no pattern fits and there is no default", () => {
    const { select } = selector({ 404: "404" });
    expect([select("200"), select("200")]).toEqual([null, null]);
  });

  it("must match the whole of a function's error message", () => {
    const { select } = selector({ 200: null, 400: "Bad request.*", 500: ".*[\\s\\S]*timed out" });
    expect(select("Bad request: no name")).toBe("400");
    expect(select("a Bad request")).toBe("200");
    expect(select("line one\nTask timed out")).toBe("500");
  });

  it("takes the first of several patterns that match", () => {
    expect(selector({ 400: "4..", 404: "404" }).select("404")).toBe("400");
  });

  it("answers a thousand different texts and more", () => {
    const { select } = selector({ 200: null, 404: "x.." });
    const texts = Array.from({ length: 1_200 }, (_, i) => i.toString(36).padStart(3, "x"));
    for (const text of [...texts, ...texts]) expect(select(text)).toBe(text.startsWith("x") ? "404" : "200");
  });
});
