import { expect, test } from "vitest";
import {
  integerFromBigInt,
  JavaArray,
  JavaBigDecimal,
  JavaBigInteger,
  JavaDouble,
  JavaLong,
  JsonArray,
  mapKey,
  numberToString,
} from "./values";

test("picks the smallest integer type that holds the number", () => {
  expect(integerFromBigInt(2147483647n)).toBe(2147483647);
  expect(integerFromBigInt(2147483648n)).toEqual(new JavaLong(2147483648n));
  expect(integerFromBigInt(-9223372036854775808n)).toBeInstanceOf(JavaLong);
  expect(integerFromBigInt(9223372036854775808n)).toBeInstanceOf(JavaBigInteger);
});

test.each([
  [123n, 0, "123"],
  [123n, 2, "1.23"],
  [5n, 3, "0.005"],
  [1n, 7, "1E-7"],
  [-15n, 8, "-1.5E-7"],
  [12n, -3, "1.2E+4"],
  [0n, 9, "0E-9"],
])("prints the big decimal %d × 10^-%d as %s", (unscaled, scale, text) => {
  expect(numberToString(new JavaBigDecimal(unscaled, scale))).toBe(text);
});

test("equal long keys of a map meet in one entry", () => {
  const map = new Map<unknown, unknown>([[new JavaLong(5000000000n), "first"]]);
  map.set(mapKey(map, new JavaLong(5000000000n)), "second");
  map.set(mapKey(map, new JavaDouble(5e9)), "other type");
  expect([...map.values()]).toEqual(["second", "other type"]);
});

test("arrays of one number keep it as an element", () => {
  expect([...JsonArray.fromList([3])]).toEqual([3]);
  expect([...JavaArray.fromList([3])]).toEqual([3]);
});
