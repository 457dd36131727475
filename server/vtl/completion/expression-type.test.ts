import { describe, expect, test } from "vitest";
import { ExpressionTypes, partsOf } from "./expression-type";
import { methodsOf, typeOfCall, typeOfJava, typeOfJson } from "./known-type";

const surroundings = {
  body: '{"id": 7, "ok": true, "none": null, "name": "Rex", "owner": {"city": "Bonn"}, "tags": [{"label": "dog"}, 5]}',
};
const kindOf = (expression: string, before = "") =>
  new ExpressionTypes(before, surroundings).of(expression).kind;

describe("the type of an expression, as far as a half-written template tells", () => {
  test.each([
    ["'text'", "text"],
    ['"text"', "text"],
    ['"with $reference"', "unknown"],
    ["-3", "number"],
    ["2.5", "number"],
    ["true", "boolean"],
    ["false", "boolean"],
    ["[1, 2]", "list"],
    ["{'a': 1}", "map"],
    ["1 + 1", "unknown"],
    ["$input.body", "text"],
    ["$!{input.json('$')}", "text"],
    ["$input", "unknown"],
    ["$input.none", "unknown"],
    ["$input.path", "unknown"],
    ["$input.params()", "map"],
    ["$input.params('x')", "text"],
    ["$input.params().path", "map"],
    ["$input.path('$.id')", "number"],
    ["$input.path('$.ok')", "boolean"],
    ["$input.path('$.none')", "unknown"],
    ["$input.path('$.tags')", "list"],
    ["$input.path('$.tags')[0]", "map"],
    ["$input.path('$.tags').get(1)", "number"],
    ["$input.path('$.tags')[$i]", "unknown"],
    ["$input.path('$.tags').size()", "number"],
    ["$input.path('$.owner').city", "text"],
    ["$input.path('$.owner')['city']", "text"],
    ["$input.path('$.owner').get('city')", "text"],
    ["$input.path('$.owner').nobody", "unknown"],
    ["$input.path('$.owner').isEmpty()", "boolean"],
    ["$input.path('$.owner').keySet()", "list"],
    ["$input.path('$.name').length()", "number"],
    ["$input.path('$.name').bytes", "unknown"],
    ["$util.parseJson($x)", "unknown"],
    ["$util.urlEncode($x)", "text"],
    ["$util", "unknown"],
    ["$stageVariables", "map"],
    ["$stageVariables.x", "text"],
    ["$context.requestId", "unknown"],
    ["$foreach", "round"],
    ["$foreach.index", "number"],
    ["$foreach.hasNext", "boolean"],
    ["$foreach.parent.topmost.count", "number"],
    ["$nobody", "unknown"],
    ["$nobody.call(", "unknown"],
    ["$", "unknown"],
  ])("%s is %s", (expression, kind) => expect(kindOf(expression)).toBe(kind));

  test.each([
    ["#set($x = 'a')", "$x", "text"],
    ["#set($x = 'a')\n#set($x = 5)", "$x", "number"],
    ["#{set}($x = $input.path('$.owner'))", "$x.city", "text"],
    ["#set($a-b = [1])", "$a-b", "list"],
    ["#set($x = $util.urlEncode(')'))", "$x", "text"],
    ['#set($x = $util.urlEncode(")("))', "$x", "text"],
    ["#set($x = $y.call((1)", "$x", "unknown"],
    ["#foreach($t in $input.path('$.tags'))", "$t.label", "text"],
    ["#foreach($t in [1])", "$t", "unknown"],
    ["#foreach($v in $input.path('$.owner'))", "$v", "text"],
    ["#foreach($v in {})", "$v", "unknown"],
    ["#foreach($v in 'text')", "$v", "unknown"],
    ["#set($x = $x)", "$x", "unknown"],
    ["#set($x = $y)#set($y = $x)", "$x", "unknown"],
  ])("after %s, %s is %s", (before, expression, kind) => expect(kindOf(expression, before)).toBe(kind));

  test("is told without a sample, too", () => {
    expect(new ExpressionTypes("", {}).of("$input.path('$.a')").kind).toBe("unknown");
    expect(new ExpressionTypes("", { body: "no json" }).of("$input.path('$.a')").kind).toBe("unknown");
  });
});

test("a reference is taken apart into names, calls and indexes, or not at all", () => {
  expect(partsOf("a.b('x)', (1))[ 'k' ]")).toEqual([
    { name: "a", argument: null, isIndex: false },
    { name: "b", argument: "'x)', (1)", isIndex: false },
    { name: "k", argument: null, isIndex: true },
  ]);
  expect(partsOf("a + b")).toBeNull();
});

test.each([
  ["String", "text"],
  ["int", "number"],
  ["Long", "number"],
  ["boolean", "boolean"],
  ["Boolean", "boolean"],
  ["String[]", "list"],
  ["Collection", "list"],
  ["Map", "map"],
  ["void", "unknown"],
])("Java's %s is %s", (returns, kind) => expect(typeOfJava(returns).kind).toBe(kind));

test("nothing is offered for a value of which nothing is known", () => {
  expect(methodsOf(typeOfJson(null))).toEqual([]);
  expect(typeOfCall(typeOfJson(undefined), "length").kind).toBe("unknown");
  expect(typeOfCall(typeOfJson("a"), "noSuchMethod").kind).toBe("unknown");
});
