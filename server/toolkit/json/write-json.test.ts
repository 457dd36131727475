import { expect, test } from "vitest";
import { JavaDouble, JavaLong, JsonArray } from "../java/values";
import { JsonWriteError, writeJson } from "./write-json";

test("writes compact JSON with numbers in Java's notation", () => {
  const value = new Map<unknown, unknown>([
    ["a", JsonArray.fromList([1, new JavaDouble(1e7), new JavaLong(3000000000n), null, true])],
    [1, "one"],
  ]);
  expect(writeJson(value)).toBe('{"a":[1,1.0E7,3000000000,null,true],"1":"one"}');
});

test("writes infinite numbers as null and NaN as it is", () => {
  expect(writeJson([new JavaDouble(Infinity), new JavaDouble(-Infinity), new JavaDouble(Number.NaN)])).toBe(
    "[null,null,NaN]",
  );
});

test("escapes quotes, controls and the blocks json-smart escapes, the slash only when asked", () => {
  const text = '"\\/\b\f\n\r\t\u0001\u007f\u009f\u2028é日';
  expect(writeJson(text)).toBe('"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007F\\u009F\\u2028é日"');
  expect(writeJson(["a/b"], { escapeSlash: true })).toBe('["a\\/b"]');
});

test("reports a value that contains itself", () => {
  const map = new Map<unknown, unknown>();
  map.set("self", map);
  expect(() => writeJson(map)).toThrow(JsonWriteError);
});
