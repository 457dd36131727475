import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseJson } from "../json/parse-json";
import { writeJson } from "../json/write-json";
import { compileJsonPath, InvalidPathError, JsonPathError, readJsonPath } from "./compile-json-path";

type Line =
  | { readonly document: string; readonly body: string }
  | { readonly path: string; readonly on: string; readonly json?: string; readonly error?: true };

test("gives what Jayway gives for every path of the case file", () => {
  const documents = new Map<string, string>();
  const wrong: unknown[] = [];
  let count = 0;
  for (const line of readFileSync(new URL("./cases/jayway.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")) {
    const entry = JSON.parse(line) as Line;
    if ("document" in entry) {
      documents.set(entry.document, entry.body);
      continue;
    }
    count += 1;
    const got = json(documents.get(entry.on) ?? "", entry.path);
    if (got !== entry.json) wrong.push({ ...entry, got });
  }
  expect(count).toBeGreaterThan(600);
  expect(wrong).toEqual([]);
});

/** undefined for an error */
function json(body: string, path: string): string | undefined {
  try {
    const result = readJsonPath(parseJson(body), path);
    return result.found ? writeJson(result.value) : '""';
  } catch {
    return undefined;
  }
}

test("tells a missing value from null", () => {
  const document = parseJson('{"n":null}');
  expect(readJsonPath(document, "$.n")).toEqual({ definite: true, found: true, value: null });
  expect(readJsonPath(document, "$.zz")).toEqual({ definite: true, found: false, value: null });
  expect(readJsonPath(document, "$..zz")).toMatchObject({ definite: false, found: true });
});

test("looks at no path when there is no document", () => {
  expect(readJsonPath(null, "$[")).toEqual({ definite: true, found: false, value: null });
});

test("names what is wrong with a path", () => {
  expect(() => compileJsonPath("$.a.")).toThrow(new InvalidPathError("Path must not end with a '.' or '..'"));
  expect(() => compileJsonPath("")).toThrow(InvalidPathError);
});

test("gives the document's own values, so that a change shows in the next read", () => {
  const document = parseJson('{"a":{"b":[1]}}');
  const inner = readJsonPath(document, "$.a").value as Map<unknown, unknown>;
  inner.set("c", 2);
  expect(writeJson(readJsonPath(document, "$").value)).toBe('{"a":{"b":[1],"c":2}}');
});

test("ends a path that takes too many steps", () => {
  const deep = parseJson(`${'{"a":['.repeat(100)}${"]}".repeat(100)}`);
  const started = performance.now();
  expect(() => readJsonPath(deep, "$..*..*..*..*..*")).toThrow(JsonPathError);
  expect(() => readJsonPath(deep, `$..[?(${"@..[?(".repeat(8)}@..zz${")]".repeat(8)})]`)).toThrow(
    JsonPathError,
  );
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("ends a scan of a value that contains itself", () => {
  const map = new Map<unknown, unknown>();
  map.set("self", map);
  expect(() => readJsonPath(map, "$..zz")).toThrow(JsonPathError);
});

test("refuses paths nested or as long as no one writes them", () => {
  expect(() => compileJsonPath(`$${".a".repeat(100_000)}`)).toThrow(InvalidPathError);
  expect(() => compileJsonPath(`$[?(${"(".repeat(50_000)}@.a${")".repeat(50_000)})]`)).toThrow(
    InvalidPathError,
  );
  expect(() => compileJsonPath(`${"$[?(@".repeat(2_000)}${")]".repeat(2_000)}`)).toThrow(InvalidPathError);
});
