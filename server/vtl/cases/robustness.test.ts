import fc from "fast-check";
import { expect, test } from "vitest";
import { compileTemplate, contextFromRecord, renderBatchCase, VtlError } from "@/server/vtl";

const pieces = fc.constantFrom(
  ...[
    "#if(",
    "#set($a = ",
    "#foreach($i in ",
    "#end",
    "#else",
    "#elseif(",
    "#define($d)",
    "#[[",
    "]]#",
    "#*",
    "*#",
  ],
  ...[
    "##",
    "$",
    "$!",
    "${",
    "}",
    "$a",
    "$a.",
    "$i",
    "$d",
    "$input.path('$",
    "$input.json('$.a')",
    "$util.",
    "(",
    ")",
  ],
  ...[
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "\\",
    " ",
    "\n",
    ",",
    ":",
    "..",
    "1",
    "-2",
    "3.5",
    "true",
    "==",
    "&&",
    "!",
    "+",
  ],
  ...[
    "constructor",
    "__proto__",
    "prototype",
    ".class",
    ".get(",
    "toString()",
    "é",
    "\u0000",
    "#stop",
    "#break",
  ],
);
const templates = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
  fc.string({ maxLength: 60 }),
);

const bindings = {
  input: { body: '{"a":[1,{"b":null}],"__proto__":{"x":1}}', path: {}, query: {}, headers: {} },
  context: contextFromRecord({ stage: "test", identity: { sourceIp: "10.0.0.1" } }),
  stageVariables: {},
};

test("whatever a template is, it renders or throws a VtlError", () => {
  fc.assert(
    fc.property(templates, (template) => {
      try {
        expect(typeof compileTemplate(template).render(bindings).output).toBe("string");
      } catch (error) {
        expect(error).toBeInstanceOf(VtlError);
        expect((error as VtlError).formatted(template)).toContain("template");
      }
    }),
    { numRuns: 3000 },
  );
});

test.each([
  "constructor",
  "__proto__",
  "prototype",
  "hasOwnProperty",
  "toString",
  "valueOf",
  "__defineGetter__",
])("no object of a template answers JavaScript's %s", (name) => {
  const receivers = [
    "$input",
    "$util",
    "$context",
    "$stageVariables",
    "$s",
    "$l",
    "$m",
    "$n",
    "$foreach",
    "$j",
  ];
  const setup = "#set($s = 'x')#set($l = [1])#set($m = {})#set($n = 1)#set($j = $input.path('$.a'))";
  for (const receiver of receivers) {
    const access = name.startsWith("_") ? "" : `[${receiver}.${name}.${name}]`;
    const template = `${setup}#foreach($i in [1])${access}[${receiver}.get('${name}')]#end`;
    const result = renderBatchCase({ id: "x", template, input: { body: '{"a":{}}' } });
    expect(result).toMatchObject({ output: access === "" ? "[]" : "[][]" });
  }
});

test("storing under __proto__ changes nothing but the template's own map", () => {
  const template = `#set($m = {})#set($m['__proto__'] = {"polluted": "yes"})#set($context.requestOverride.header['__proto__'] = "h")$m`;
  const result = renderBatchCase({ id: "p", template });
  expect(result).toMatchObject({ output: "{__proto__={polluted=yes}}" });
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

const deep: Record<string, (levels: number) => string> = {
  "lists in calls in lists": (n) => `#set($z = ${"[$x.f(".repeat(n)}1${")]".repeat(n)})$z`,
  lists: (n) => `#set($z = ${"[".repeat(n)}1${"]".repeat(n)})`,
  maps: (n) => `#set($z = ${"{'a':".repeat(n)}1${"}".repeat(n)})`,
  parentheses: (n) => `#if(${"(".repeat(n)}true${")".repeat(n)})x#end`,
  negations: (n) => `#if(${"!".repeat(n)}true)x#end`,
  blocks: (n) => `${"#if(true)".repeat(n)}x${"#end".repeat(n)}`,
  loops: (n) => `${"#foreach($i in [1])".repeat(n)}x${"#end".repeat(n)}`,
  indexes: (n) => `$x${"[$y".repeat(n)}${"]".repeat(n)}`,
};

test.each(Object.entries(deep))(
  "%s may be nested 300 deep; far deeper is a clean error",
  (_name, template) => {
    expect(renderBatchCase({ id: "d", template: template(300) })).toHaveProperty("output");
    expect(renderBatchCase({ id: "d", template: template(20_000) })).toMatchObject({
      error: { kind: "parse" },
    });
  },
);

test("a sum of thousands of terms ends in a clean error at worst", () => {
  const result = renderBatchCase({ id: "s", template: `#set($q = 1${" + 1".repeat(20_000)})$q` });
  expect("output" in result || ["parse", "render"].includes(result.error.kind)).toBe(true);
});

test("a batch case that is no case at all is an error of that case", () => {
  expect(renderBatchCase(null as never)).toMatchObject({ id: "", error: { kind: "internal" } });
});
