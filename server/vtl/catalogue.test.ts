import { expect, test } from "vitest";
import { checkTemplate, vtlCatalogue } from "@/server/vtl";

test("every entry has words, and inserts what the engine can compile", () => {
  for (const { label, signature, documentation, insertText } of vtlCatalogue) {
    expect(signature, label).not.toBe("");
    expect(documentation, label).toMatch(/\.$/);
    const inserted = insertText
      .replace(/\$\{\d:([^}]*)\}/g, "$1")
      .replace(/(?<!\\)\$[1-9]/g, "true")
      .replace(/(?<!\\)\$0/g, "true")
      .replaceAll("\\$", "$");
    const whole = /^#(end|else|elseif)/.test(inserted)
      ? ""
      : inserted === "#set($true = true)"
        ? "#set($a = 1)"
        : inserted;
    expect(
      checkTemplate(whole).filter((d) => d.severity === "error"),
      `${label}: ${whole}`,
    ).toEqual([]);
  }
});

test("every directive and function is listed once, by its own name", () => {
  const signatures = vtlCatalogue.map((entry) => entry.signature);
  expect(new Set(signatures).size).toBe(signatures.length);
  const labels = vtlCatalogue.map((entry) => entry.label);
  for (const label of [
    "#foreach",
    "#if",
    "#set",
    "$input.json",
    "$util.escapeJavaScript",
    "$context.requestId",
  ]) {
    expect(labels).toContain(label);
  }
});
