import { describe, expect, test } from "vitest";
import { findMethod } from "@/server/vtl/values/find-method";
import { javaClass } from "@/server/vtl/values/java-class";

const body = () => null;

function chosen(signatures: string[], args: (string | null)[]): string | null {
  const owner = javaClass(
    "x.X",
    "X",
    signatures.map((signature) => [`${signature}: Object`, body] as const),
  );
  return findMethod(owner, "f", args)?.parameters.join() ?? null;
}

describe("the overload Velocity picks", () => {
  test.each([
    ["the exact class wins", ["f(Object)", "f(String)", "f(CharSequence)"], ["String"], "String"],
    ["null counts as Object first", ["f(String)", "f(Object)"], [null], "Object"],
    ["null fits the most specific class", ["f(CharSequence)", "f(String)"], [null], "String"],
    ["null fits no primitive", ["f(int)", "f(boolean)"], [null], null],
    ["unrelated classes are ambiguous for null", ["f(String)", "f(Map)"], [null], null],
    ["an Integer widens to long", ["f(long)"], ["Integer"], "long"],
    ["a Long does not narrow to int", ["f(int)"], ["Long"], null],
    ["the narrower primitive is more specific", ["f(double)", "f(long)", "f(float)"], ["Integer"], "long"],
    ["a Byte prefers short to double", ["f(double)", "f(short)"], ["Byte"], "short"],
    ["no conversion between boolean and numbers", ["f(boolean)"], ["Integer"], null],
    ["a primitive beats Object", ["f(Object)", "f(int)"], ["Byte"], "int"],
    ["a super class takes its sub class", ["f(Collection)", "f(List)"], ["ArrayList"], "List"],
    [
      "the later of two rivals can settle it",
      ["f(List, Object)", "f(Object, List)", "f(List, List)"],
      ["ArrayList", "ArrayList"],
      "List,List",
    ],
    [
      "rivals without a better one are ambiguous",
      ["f(List, Object)", "f(Object, List)"],
      ["ArrayList", "ArrayList"],
      null,
    ],
    [
      "a third rival changes nothing",
      ["f(List, Object, Object)", "f(Object, List, Object)", "f(Object, Object, List)"],
      ["ArrayList", "ArrayList", "ArrayList"],
      null,
    ],
    ["without parameters fits any arguments", ["f()"], ["String", "String"], ""],
    ["more parameters are more specific", ["f()", "f(String)"], ["String"], "String"],
    ["a variable parameter takes none", ["f(String, Object[])"], ["String"], "String,Object[]"],
    [
      "a variable parameter takes many",
      ["f(String, Object[])"],
      ["String", "Integer", "Map"],
      "String,Object[]",
    ],
    ["a variable parameter takes an array", ["f(Object[])"], ["String[]"], "Object[]"],
    ["an array of another class does not fit", ["f(CharSequence[])"], ["Integer"], null],
    ["fixed parameters before it must fit", ["f(String, Object[])"], ["Integer", "Integer", "Map"], null],
    ["too few fixed parameters", ["f(String, Object[])"], [], null],
    ["too many arguments", ["f(String)"], ["String", "String"], null],
    [
      "an array parameter is less specific than one object",
      ["f(CharSequence[])", "f(CharSequence)"],
      ["String"],
      "CharSequence",
    ],
    ["null does not fill an array of primitives", ["f(char[])"], [null], "char[]"],
  ] as const)("%s", (_what, signatures, args, expected) => {
    expect(chosen([...signatures], [...args])).toBe(expected);
  });

  test("wait and notify are refused", () => {
    const owner = javaClass("x.X", "X", [
      ["wait(): void", body],
      ["notify(): void", body],
    ]);
    expect([findMethod(owner, "wait", []), findMethod(owner, "notify", [])]).toEqual([null, null]);
  });
});
