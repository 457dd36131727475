import { describe, expect, test } from "vitest";
import { JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import { compileTemplate, contextFromRecord } from "@/server/vtl";
import { javaFromPlain } from "@/server/vtl/bindings/java-from-plain";

function render(source: string, record: Record<string, unknown> = { a: 1, b: { c: [1, "x"] } }): string {
  const input = { body: '{"l":[]}', path: { p: "1" }, query: {}, headers: {} };
  return compileTemplate(source).render({
    input,
    context: contextFromRecord(record),
    stageVariables: { v: "V" },
  }).output;
}

describe("$context is a map like any other", () => {
  test.each([
    ["$context.remove('a')$context.containsKey('a')$context.size()", "1false3"],
    ["#foreach($v in $context.values())[$v]#end", "[1][][][]"],
    ["#foreach($e in $context.entrySet())$e.key,#end", "a,b,requestOverride,responseOverride,"],
    ["$context.clear()$context.size()$context.a", "0"],
    ["$context.containsKey('zz')$context.containsKey(5)$context.get(5)", "falsefalse"],
    ["#set($context.requestOverride = 'text')$context.requestOverride", "text"],
    ["$context.put('a', 2)$context.a$context.keySet()", "12[a, b, requestOverride, responseOverride]"],
    ["$context.put(5, 'five')$context.get(5)", "five"],
    ["$context.b.c[1]$context.b.c.size()", "x2"],
    ["$context.remove('nothing')$context.size()$context.remove('a')", "41"],
  ])("%s", (source, output) => {
    expect(render(source)).toBe(output);
  });

  test("a source may give the override objects, in part or as something else", () => {
    expect(render("$context.requestOverride.keySet()", { requestOverride: { header: { a: "b" } } })).toBe(
      "[header, path, querystring]",
    );
    expect(render("$context.responseOverride", { responseOverride: "odd" })).toBe("odd");
  });
});

test("plain values become Java's", () => {
  expect(javaFromPlain(5)).toBe(5);
  expect(javaFromPlain(5_000_000_000)).toEqual(new JavaLong(5_000_000_000n));
  expect(javaFromPlain(1.5)).toEqual(new JavaDouble(1.5));
  expect(javaFromPlain(7n)).toBe(7);
  expect(javaFromPlain(undefined)).toBeNull();
  expect(javaFromPlain(null)).toBeNull();
  expect(javaFromPlain(new JavaLong(1n))).toEqual(new JavaLong(1n));
  expect(javaFromPlain(new Map([["k", true]]))).toEqual(new Map([["k", true]]));
});

describe("overrides of every kind of value", () => {
  test.each([
    ["3000000000", 3000000000],
    ["12345678901234567890", 12345678901234567000],
    ["1e308 * 10", "Infinity"],
    ["{'a': [1, true]}", { a: [1, true] }],
    ["$stageVariables.keySet()", ["v"]],
    ["$stageVariables", { v: "V" }],
    ["$util", "{}"],
  ])("%s", (value, expected) => {
    const source = `#set($x = ${value})#set($context.responseOverride.header.h = $x)`;
    const input = { body: null, path: {}, query: {}, headers: {} };
    const bindings = { input, context: contextFromRecord({}), stageVariables: { v: "V" } };
    expect(compileTemplate(source).render(bindings).overrides).toEqual({
      responseOverride: { header: { h: expected } },
    });
  });

  test("null in a map, and numbers of Java's own", () => {
    const source =
      "#set($m = {})#set($d = $m.put('n', null))#set($f = 1.5)#set($d = $m.put('f', $f.floatValue()))" +
      "#set($d = $m.put(5, $f.shortValue()))#set($context.requestOverride.header = $m)";
    const input = { body: null, path: {}, query: {}, headers: {} };
    const { overrides } = compileTemplate(source).render({
      input,
      context: contextFromRecord({}),
      stageVariables: {},
    });
    expect(overrides.requestOverride?.header).toEqual({ n: null, f: 1.5, "5": 1 });
  });
});

describe("$input after its parameters were changed", () => {
  test.each([
    ["#set($p = $input.params())#set($p.path.q = 'new')$input.params('q')$input.params('p')", "new1"],
    ["#set($p = $input.params())#set($p.path = 'no map')[$input.params('p')]", "[]"],
    ["$input.params(null)$input $util $input.path(null)", "{} {} "],
  ])("%s", (source, output) => {
    if (source.includes("path(null)")) expect(() => render(source)).toThrow(/null or empty/);
    else expect(render(source)).toBe(output);
  });
});

test("values of every class can be put into a JSON array", () => {
  const source =
    "#set($l = $input.path('$.l'))#set($n = 5)#set($f = 1.5)#set($s = 'x')#set($m = {'k': 1})" +
    "$l.add($n.byteValue())$l.add($f.floatValue())$l.add($s.charAt(0))$l.add($m.keySet())$l.add($util)$l.add(3000000000)" +
    "$l.add({'a': $m.values()})$l.add(1.5)$l.add(12345678901234567890)|$l";
  expect(render(source).split("|")[1]).toBe(
    '[5,1.5,{},["k"],{},3000000000,{"a":[1]},1.5,12345678901234567890]',
  );
});
