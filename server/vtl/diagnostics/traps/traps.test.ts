import { describe, expect, test } from "vitest";
import { checkTemplate, compileTemplate } from "@/server/vtl";
import { traps } from "@/server/vtl/diagnostics/traps/trap-list";

const codesOf = (template: string) => checkTemplate(template).map(({ code }) => code);

describe("every trap's example is marked, and what is right instead is not", () => {
  test.each(traps.map((trap) => [trap.code, trap] as const))("%s", (code, { example, documentation }) => {
    const found = checkTemplate(example.wrong).filter((diagnostic) => diagnostic.code === code);
    expect(found).toHaveLength(1);
    const [{ line, column, endColumn, remedy, message }] = found as [(typeof found)[number]];
    expect(line).toBe(1);
    expect(example.wrong.slice(column - 1, endColumn - 1)).toBe(example.marked);
    expect(message).toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
    expect(documentation).toMatch(/\.$/);
    expect(checkTemplate(example.right)).toEqual([]);
  });

  test("codes are unique", () => {
    expect(new Set(traps.map(({ code }) => code)).size).toBe(traps.length);
  });
});

describe("traps in other forms", () => {
  test.each([
    ["#if(!$nowhere)x#end", "missing-is-true"],
    ["#if($nowhere && true)x#else y#end", "missing-is-true"],
    ["#if(true)x#elseif(false || $stageVariables.flag)y#{else}z#end", "missing-is-true"],
    ["#if($context.identity.apiKey)x#end", "missing-is-true"],
    ["#if($context.authorizer.isAdmin)x#end", "missing-is-true"],
    ["#if($input.path('$').a.b)x#end", "missing-is-true"],
    ['#if("a" || true)x#end', "literal-condition"],
    ["#set($t = $input.params('a'))#if($t <= 3)x#end", "text-compared"],
    ['#set($j = $input.json(\'$.a\')){"a": "$j"}', "quoted-json"],
    ['[#foreach($i in [1,2]){"a": "$input.json(\'$.a\')"}#end]', "quoted-json"],
    ['#set($m = {"a": 1})$m', "printed-map"],
    ["#set($l = ['a', 'b'])$!l", "printed-map"],
    ["$util.parseJson($input.body)", "printed-map"],
    ["$input.params()", "printed-map"],
    ["$context", "printed-group"],
    ["${context.authorizer}", "printed-group"],
    ['{"a": [$context.stage, $context.requestTimeEpoch]}', "unquoted-text"],
    ["{\"a\": $util.urlEncode($input.params('a'))}", "unquoted-text"],
    ["cost: $USD", "undefined-reference"],
    ["#foreach($i in [1])$foreach.count$i-1#end", "undefined-reference"],
    ["$context.stage-$context.path", "unknown-member"],
    ["$context.requestid", "unknown-member"],
    ["$context.identity.sourceIP", "unknown-member"],
    ["$util.toJson($input.path('$').size())", "unknown-member"],
    ["#set($x = $util.escapeJavascript('a'))$x", "unknown-member"],
    ["#foreach($i in [1..2])#set($y = $i / 0)$y#end", "no-result"],
    ['#set($x = "4" * 2)$x', "no-result"],
    ["#set($x = $stageVariables.size + 1)$x", "appended-number"],
    ["#foreach($c in $input.params('ids'))$c#end", "loop-over-text"],
    ["#set($!x = 1)", "braced-target"],
    ["#macro(m)x#end", "not-in-api-gateway"],
    ["#foreach($i in [1])#evaluate($i)#end", "not-in-api-gateway"],
  ])("%j: %s", (template, code) => {
    expect(codesOf(template)).toEqual([code]);
  });
});

describe("nothing is said about", () => {
  test.each([
    "{\"a\": $input.json('$.a')}",
    'Dear "$util.escapeJavaScript($input.body)"',
    "#if($input.path('$.a') != \"\")x#end",
    "#if($input.path('$.a').isEmpty())x#end",
    "#if($input.params('a').contains('b'))x#end",
    "#set($b = 1 == 1)#if($b)x#end",
    "#set($root = $input.path('$'))#if($root.isActive)x#end",
    "#foreach($i in [1,2])$i#if($foreach.hasNext),#end#end",
    "#foreach($k in $input.params().header.keySet())$k#end",
    "#set($i = 0)#foreach($x in $input.path('$.a'))#set($i = $i + 1)#end$i",
    '#set($s = "a" + 1)$s',
    '{"price": "$$input.path(\'$.price\')", "note": "$5, 100 $, #1"}',
    "#if($x == $null)x#end",
    "$!maybe",
    '{"a": #define($d)"x"#end$d, "b": "$context.stage"}',
    '{"a": "x#if(true)"#else y"#end, "b": "$context.stage"}',
    '{"a": "\\"$context.stage", "b": #[[ 1 ]]#}',
    '#set($a = $input.path("$.a"))#set($b = $input.path("$a"))$a.c $b.c',
    "#set($l = [1, 2])#set($r = [1..2])#set($m = {'k': $l[0]})#set($x = !true)$m.k $l.get(0) $r.size()$x",
    "#set($m = {})#set($m['a'] = 1)#set($m.b = 2)$m.a",
    "#set($x = 1)#set($x = 'a')#if($x > 1)y#end",
    "#set($a = $b)#set($b = $a)$a",
    "$input.class $util.class $context['no-such'] $input[0]",
    "\\$name",
    "#define($block)x#end$block",
    "$context.authorizer.anything $context.requestOverride.header.get('a') $context.authorizer.claims.email",
    "#set($context.requestOverride.header.x = 'a')#set($context.responseOverride.status = 404)",
    "$context.get('stage') $context.keySet() $context['stage'] $context.error.messageString",
    '{"n": $context.requestTimeEpoch, "s": "${context.stage}-$context.path"}',
    '{"a": #if(true)"$context.stage"#{else}null#end, "b": "$input.params(\'x\')"}',
    "#if($context.stage == 'prod')x#end",
    "#set($path = $input.path('$.items'))#foreach($e in $path)#foreach($f in $e.list)$f#end#end",
    "#set($l = [])#set($ignored = $l.add('a'))$l.size() $l.get(0)",
  ])("%j", (template) => {
    expect(checkTemplate(template)).toEqual([]);
  });
});

describe("what the traps say is what the engine does", () => {
  test.each([
    ["#if($nowhere)true#end", "true"],
    ["#if($input.path('$.a'))true#end", "true"],
    ["#if(1)true#{else}false#end", "false"],
    ["#if($input.params('n') > 3)true#{else}false#end", "false"],
    ["#set($x = 1)#set($x = $input.params('n') * 2)$x", "1"],
    ["#set($x = 1)#set($x = 5 / 0)$x", "1"],
    ["#set($x = $input.params('n') + 1)$x", "51"],
    ["#foreach($i in $input.json('$'))x#end-", "-"],
    ["#set(${x} = 1)[$x]", "[]"],
    ["[$context][$context.identity]", "[][]"],
    ["[$util.urlencode('a')][$input.params.header]", "[][]"],
    ["#set($m = {'a': ['b']})$m", "{a=[b]}"],
    ["#if(false)a#else if(true)b#end", " if(true)b"],
    ['$util.escapeJavaScript("it\'s")', "it\\'s"],
    ["#set($a = 1)[$a-1]", "[]"],
  ])("%j prints %j", (template, output) => {
    const rendered = compileTemplate(template).render({
      input: { body: '{"b": 1}', path: {}, query: { n: "5" }, headers: {} },
      context: {
        get: (name) => (name === "identity" ? { sourceIp: "1" } : undefined),
        keys: () => ["identity"],
      },
      stageVariables: {},
    });
    expect(rendered.output).toBe(output);
  });
});
