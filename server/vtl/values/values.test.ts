import { describe, expect, test } from "vitest";
import { JavaBigDecimal, JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import { EditorPositions } from "@/server/vtl/diagnostics/editor-positions";
import { defaultLimits } from "@/server/vtl/render-limits";
import { Budget } from "@/server/vtl/values/budget";
import { javaEquals, javaHash } from "@/server/vtl/values/java-equality";
import {
  JavaCharacter,
  JavaFloat,
  JavaIterator,
  JavaSmallInteger,
  TypedArray,
} from "@/server/vtl/values/java-objects";
import { formatFloat, toText } from "@/server/vtl/values/java-text";
import { compareNumbers, doubleValue, intValue, longValue } from "@/server/vtl/values/numbers/arithmetic";
import * as decimal from "@/server/vtl/values/numbers/big-decimal";

const budget = () => new Budget({ ...defaultLimits, steps: 1e6, depth: 100 });

test("conversions of numbers cut off and clamp as Java's do", () => {
  expect([NaN, 1e300, -1e300, 2.9, -2.9].map((n) => intValue(new JavaDouble(n)))).toEqual([
    0, 2147483647, -2147483648, 2, -2,
  ]);
  expect([NaN, 1e300, -1e300].map((n) => longValue(new JavaDouble(n)))).toEqual([
    0n,
    9223372036854775807n,
    -9223372036854775808n,
  ]);
  expect(doubleValue(new JavaBigDecimal(15n, 1))).toBe(1.5);
  expect(compareNumbers(new JavaDouble(Number.NaN), 5)).toBe(0);
  expect(compareNumbers(new JavaDouble(2), new JavaDouble(1))).toBe(1);
});

describe("BigDecimal", () => {
  test("reads decimals and exponents, and nothing else", () => {
    expect(decimal.parseBigDecimal("-1.50")).toEqual(new JavaBigDecimal(-150n, 2));
    expect(decimal.parseBigDecimal("1e3")).toEqual(new JavaBigDecimal(1n, -3));
    for (const text of ["", "x", ".", "1e"])
      expect(() => decimal.parseBigDecimal(text)).toThrow(/input string/);
  });

  test("divides by halves down, whatever the signs and scales", () => {
    const d = (text: string) => decimal.parseBigDecimal(text);
    const results = [
      ["1.0", "4"],
      ["-1.0", "3"],
      ["2.00", "-3"],
      ["5", "1e1"],
      ["-0.7", "0.04"],
    ].map(([a, b]) => String(decimal.divide(d(a as string), d(b as string))));
    expect(results).toEqual(["0.2", "-0.3", "-0.67", "0", "-17.5"]);
  });

  test("refuses scales it would have to write out", () => {
    const huge = new JavaBigDecimal(1n, 1_000_000);
    expect(() => decimal.add(huge, new JavaBigDecimal(1n, 0))).toThrow(/more than 100,000 digits/);
    expect(() => decimal.divide(new JavaBigDecimal(1n, 0), huge)).toThrow(/more than 100,000 digits/);
    expect(decimal.toBigInteger(huge)).toBe(0n);
    expect(() => decimal.fromDouble(Number.POSITIVE_INFINITY)).toThrow(/Infinite/);
  });
});

test("equality needs the same class, and arrays are only themselves", () => {
  const array = TypedArray.containing([1], "Object");
  const pairs: [unknown, unknown, boolean][] = [
    [new JavaLong(1n), 1, false],
    [new JavaFloat(1), new JavaFloat(1), true],
    [new JavaFloat(1), new JavaDouble(1), false],
    [new JavaCharacter("a"), new JavaCharacter("a"), true],
    [new JavaCharacter("a"), "a", false],
    [new JavaSmallInteger("byte", 1), new JavaSmallInteger("short", 1), false],
    [new JavaSmallInteger("byte", 1), new JavaSmallInteger("byte", 1), true],
    [array, array, true],
    [array, [1], false],
    [new JavaBigDecimal(10n, 1), new JavaBigDecimal(1n, 0), false],
    [new JavaBigDecimal(1n, 0), 1, false],
    [{}, {}, false],
  ];
  for (const [a, b, equal] of pairs) expect(javaEquals(a, b, budget())).toBe(equal);
});

test("hash codes of what has no content of its own are constant", () => {
  expect(javaHash(new JavaFloat(1.5), budget())).toBe(1069547520);
  expect(javaHash(TypedArray.containing([], "Object"), budget())).toBe(javaHash({}, budget()));
  expect(javaHash(new JavaBigDecimal(2n ** 70n, 2), budget())).toBe(1906626);
});

test("floats print the digits that tell them apart", () => {
  expect([0.1, 1e10, 1.5, -2, 1e-5, 123456.79, 0].map((n) => formatFloat(Math.fround(n)))).toEqual([
    "0.1",
    "1.0E10",
    "1.5",
    "-2.0",
    "1.0E-5",
    "123456.79",
    "0.0",
  ]);
});

test("objects without a text print as Java's do, by class", () => {
  const iterator = new JavaIterator(
    { owner: [], list: [], items: [], remove: () => {} },
    "java.util.ArrayList$Itr",
  );
  expect(toText(iterator, budget())).toMatch(/^java\.util\.ArrayList\$Itr@/);
  expect(toText({}, budget())).toMatch(/^java\.lang\.Object@/);
  expect(toText(undefined, budget())).toBe("null");
  expect(() => iterator.set(1)).toThrow();
  expect(() => iterator.previous()).toThrow();
});

test("places of an editor: tabs are one column, the three line ends count once", () => {
  const positions = new EditorPositions("a\tb\r\nc\rd\n");
  expect(positions.range(2, 3)).toEqual({ line: 1, column: 3, endLine: 1, endColumn: 4 });
  expect(positions.range(5, 6)).toEqual({ line: 2, column: 1, endLine: 2, endColumn: 2 });
  expect(positions.range(9, 9)).toEqual({ line: 3, column: 2, endLine: 4, endColumn: 1 });
  expect(new EditorPositions("").range(0, 0)).toEqual({ line: 1, column: 1, endLine: 1, endColumn: 1 });
  expect(new EditorPositions("ab").range(0, 0)).toEqual({ line: 1, column: 1, endLine: 1, endColumn: 2 });
});
