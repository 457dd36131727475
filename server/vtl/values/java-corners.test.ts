import { describe, expect, test } from "vitest";
import { compileTemplate, contextFromRecord, VtlError } from "@/server/vtl";

/** What a template prints whose variables are an Integer, a Double, a BigInteger, a BigDecimal, a String, a Boolean. */
function print(expression: string): string {
  const setUp =
    '#set($n = 5)#set($f = 1.5)#set($b = 9223372036854775808)#set($d = $b + 1.25)#set($s = "ba")#set($t = true)';
  return compileTemplate(setUp + expression).render({
    input: { body: null, path: {}, query: {}, headers: {} },
    context: contextFromRecord({}),
    stageVariables: {},
  }).output;
}

describe("values are Java's also at their corners", () => {
  test.each([
    ["$b.subtract($b).bitLength()", "0"],
    ["$b.bitLength()", "64"],
    ["$b.subtract($b).getLowestSetBit()", "-1"],
    ["$b.getLowestSetBit()", "63"],
    ["$b.negate().signum() $b.subtract($b).signum() $b.signum()", "-1 0 1"],
    ["$b.negate().gcd($b)", "9223372036854775808"],
    ["$b.gcd($b.negate())", "9223372036854775808"],
    ["$b.subtract($b).sqrt()", "0"],
    ["$d.subtract($d).stripTrailingZeros().toPlainString()", "0"],
    ["$d.negate().signum() $d.subtract($d).signum() $d.signum()", "-1 0 1"],
    ["$d.scaleByPowerOfTen(4).toPlainString()", "92233720368547758092500"],
    ["$d.negate().scaleByPowerOfTen(4).toPlainString()", "-92233720368547758092500"],
    ["$d.subtract($d).scaleByPowerOfTen(4).toPlainString()", "0"],
    ["$d.subtract($d).hashCode()", "2"],
    ["$d.ulp().hashCode() $d.ulp().negate().hashCode()", "33 -29"],
  ])("big numbers: %s", (expression, expected) => {
    expect(print(expression)).toBe(expected);
  });

  test.each([
    ["$s.format('%2$s %1$s', 'a', 'b')", "b a"],
    ['$s.format("%s %<s", "a")', "a a"],
    ['$s.format("%x %#x %#o", 255, 255, 8)', "ff 0xff 010"],
    [
      '$s.format("%f %f %f", $f.valueOf("NaN"), $f.valueOf("Infinity"), $f.valueOf("-Infinity"))',
      "NaN Infinity -Infinity",
    ],
  ])("formats: %s", (expression, expected) => {
    expect(print(expression)).toBe(expected);
  });

  test.each([
    ["$n.byteValue().getClass() $n.shortValue().getClass()", "class java.lang.Byte class java.lang.Short"],
    ["#set($x = $n.byteValue() + $n.shortValue())$x", "10"],
    ["$t.logicalOr(false, true) $t.logicalOr(false, false)", "true false"],
    ['#set($x = "a,b")$x.split(",").getClass()', "class [Ljava.lang.String;"],
    ["#set($x = [1, 2])#set($y = [1])$x.equals($y) $x.equals([1, 2])", "false true"],
    ['#set($x = ["b", "a", "b"])$x.sort(null)$x', "[a, b, b]"],
    ["#set($x = [$s.charAt(0), $s.charAt(1)])$x.sort(null)$x", "[a, b]"],
    ["#set($x = [true, false])$x.sort(null)$x", "[false, true]"],
    ['#set($x = "\u2003a\u2003")[$x.strip()]', "[a]"],
    ['#set($x = "\u2007a")[$x.strip()]', "[\u2007a]"],
    ["#if(false)a#{elseif}($t)b#{else}c#end", "b"],
  ])("others: %s", (expression, expected) => {
    expect(print(expression)).toBe(expected);
  });

  test.each([
    '$s.format("%-05d", 1)',
    '$s.format("%+ d", 1)',
    "$s.format('%3$s', 'a')",
    '#set($x = ["a", null])$x.sort(null)',
    '#set($x = ["a", 1])$x.sort(null)',
    "$n.compareTo(null)",
    "$f.compareTo(null)",
    "$t.compareTo(null)",
    "$b.pow(-1)",
    "$b.negate().sqrt()",
  ])("what Java refuses fails: %s", (expression) => {
    expect(() => print(expression)).toThrow(VtlError);
  });
});
