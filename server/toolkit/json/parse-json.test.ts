import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { JavaBigDecimal, JavaBigInteger, JavaDouble, JavaLong, JsonArray } from "../java/values";
import { JsonParseError, parseJson, parseStrictJson } from "./parse-json";
import { writeJson } from "./write-json";

interface Case {
  readonly text: string;
  readonly json?: string;
  readonly error?: string;
}

test("reads the odd texts of the case file as json-smart does, errors and their positions included", () => {
  const lines = readFileSync(new URL("./cases/json-smart.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const wrong = lines
    .map((line) => JSON.parse(line) as Case)
    .map((expected) => ({ expected, got: outcome(expected.text) }))
    .filter(({ expected, got }) => got.json !== expected.json || got.error !== expected.error);
  expect(lines.length).toBeGreaterThan(500);
  expect(wrong).toEqual([]);
});

function outcome(text: string): { json?: string; error?: string } {
  try {
    const value = parseJson(text);
    return { json: value === null ? '""' : writeJson(value) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

test("gives each number the Java type json-smart gives it", () => {
  expect(parseJson("[1, 2147483648, 9223372036854775808, 1.0, 0.1234567890123456789, -0, 007]")).toEqual(
    JsonArray.fromList([
      1,
      new JavaLong(2147483648n),
      new JavaBigInteger(9223372036854775808n),
      new JavaDouble(1),
      new JavaBigDecimal(1234567890123456789n, 19),
      0,
      7,
    ]),
  );
});

test("keeps the order of keys, the place of the first and the value of the last of a repeated one", () => {
  expect([...(parseJson('{"b":1,"2":2,"a":3,"b":4}') as Map<unknown, unknown>)]).toEqual([
    ["b", 4],
    ["2", 2],
    ["a", 3],
  ]);
});

test("treats __proto__ as any other key", () => {
  const map = parseJson('{"__proto__":{"polluted":true},"constructor":1}') as Map<unknown, unknown>;
  expect([...map.keys()]).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("refuses nesting beyond 400 instead of overflowing the stack", () => {
  expect(() => parseJson(`${"[".repeat(400)}${"]".repeat(400)}`)).not.toThrow();
  expect(() => parseJson("[".repeat(100_000))).toThrow(/Malicious payload/);
  expect(() => parseJson('{"a":'.repeat(100_000))).toThrow(JsonParseError);
});

test("the strict reader accepts only JSON", () => {
  expect(parseStrictJson(' {"a":[1.5]} ')).toEqual(
    new Map([["a", JsonArray.fromList([new JavaDouble(1.5)])]]),
  );
  for (const text of ["{a:1}", "[1,]", "", "a=b", "{} x", "NaN"]) {
    expect(() => parseStrictJson(text)).toThrow(JsonParseError);
  }
});
