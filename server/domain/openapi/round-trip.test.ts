import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkDefinition } from "@/server/domain/check/check-definition";
import { type ApiDefinition, apiDefinitionSchema } from "@/server/domain/definition";
import { diffDefinitions } from "@/server/domain/diff/diff-definitions";
import { hashDefinition } from "@/server/domain/hash-definition";
import { overwriteDefinition } from "@/server/domain/merge/merge-definition";
import { exportOpenApi } from "./export/export-openapi";
import { toYaml } from "./export/to-yaml";
import { ImportError } from "./import/import-error";
import { type ImportResult, importOpenApi } from "./import/import-openapi";

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(json|ya?ml)$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

const EXAMPLES = "node_modules/@readme/oas-examples";
const examples = ["2.0", "3.0", "3.1"].flatMap((version) => filesBelow(join(EXAMPLES, version)));
const own = [...filesBelow("server/domain/openapi/cases"), "prisma/seed/pet-store.openapi.yaml"];

function read(source: string): ImportResult {
  let count = 0;
  return importOpenApi(source, { ids: () => `id${count++}` });
}

/** The second import with the ids of the first: what is left to differ is content. */
function again(first: ApiDefinition, source: string): ApiDefinition {
  return overwriteDefinition(first, read(source).definition);
}

/** The YAML examples say what their JSON twins say: importing them is enough. */
const twice = (file: string) => file.startsWith(EXAMPLES) && !file.endsWith(".json");

describe.each([...examples, ...own])("%s", (file) => {
  const source = readFileSync(file, "utf8");
  const { definition, report, sourceVersion } = read(source);
  const format = sourceVersion.startsWith("2") ? "swagger" : "oas30";

  it("is imported as a definition that fits the schema, each report entry with a line of the file", () => {
    expect(apiDefinitionSchema.parse(definition)).toEqual(definition);
    const lines = source.split("\n").length;
    for (const { line, message } of report) {
      expect(line, message).toBeGreaterThanOrEqual(1);
      expect(line, message).toBeLessThanOrEqual(lines);
    }
  });

  if (twice(file)) return;

  it("comes back the same from its export, as JSON and as YAML", () => {
    const document = exportOpenApi(definition, { format, extensions: true });
    const fromJson = again(definition, JSON.stringify(document));
    expect(diffDefinitions(definition, fromJson)).toEqual([]);
    expect(hashDefinition(fromJson)).toBe(hashDefinition(definition));
    expect(hashDefinition(again(definition, toYaml(document)))).toBe(hashDefinition(definition));
  });

  it("has no problem that stops a deployment, once operations without an integration answer with a MOCK", () => {
    const errors = checkDefinition(definition).filter(({ severity }) => severity === "error");
    const allowed =
      definition.resources &&
      Object.values(definition.resources).every((r) => Object.keys(r.resourceMethods).length === 0);
    expect(errors.filter(({ message }) => !(allowed && message.includes("any methods")))).toEqual([]);
  });

  it("can be exported in the other version and without extensions", () => {
    for (const other of ["oas30", "swagger"] as const) {
      for (const extensions of [true, false]) {
        const document = exportOpenApi(definition, {
          format: other,
          extensions,
          apiId: "abc123",
          stage: "prod",
        });
        const text = JSON.stringify(document);
        if (!extensions) expect(text).not.toMatch(/x-amazon-apigateway-(?!any-method)/);
        const paths = Object.keys(read(text).definition.resources).length;
        expect(paths).toBe(Object.keys(definition.resources).length);
      }
    }
  });
});

describe("no document, however broken, ends in anything but an ImportError", () => {
  const sources = own.concat(
    examples.filter((file) => file.endsWith("petstore.json") || file.endsWith("circular.yaml")),
  );

  it.each(sources)("%s with pieces cut out, doubled or replaced", (file) => {
    const source = readFileSync(file, "utf8");
    const lines = source.split("\n");
    const step = Math.max(1, Math.floor(lines.length / 10));
    for (let n = 0; n < lines.length; n += step) {
      const line = lines[n] ?? "";
      const broken = [
        lines.toSpliced(n, 1),
        lines.toSpliced(n, 0, line),
        lines.with(n, line.replace(/: .*/, ": [7, null]")),
        lines.with(n, line.replace(/"?[\w$-]+"?:/, '"__proto__":')),
        lines.slice(0, n),
      ];
      for (const text of broken) {
        try {
          read(text.join("\n"));
        } catch (error) {
          expect(error).toBeInstanceOf(ImportError);
        }
      }
    }
  });
});
