import type { Family, FuzzInput } from "../fuzz-case";
import type { Random } from "../random";
import { value, withSetups } from "../values";
import { document } from "./realistic";

const JSON_TOKENS = [
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  '"',
  "'",
  '"a"',
  "'b'",
  '"a":',
  "a:",
  "a",
  "1",
  "-1",
  "1.5",
  "1e5",
  "-",
  "+1",
  ".5",
  "5.",
  "01",
  "1.0E-3",
  "0x1F",
  "NaN",
  "Infinity",
  "true",
  "false",
  "null",
  "True",
  "nul",
  "tru",
  " ",
  "\n",
  "\t",
  "\\",
  "\\n",
  "\\u0041",
  "\\u00",
  "\\x",
  "/*c*/",
  "//c\n",
  "é",
  "😀",
  "12345678901234567890",
  "123456789012345678901234567890.5",
  "1e400",
  "-0",
  "-0.0",
  "0.1",
  "1E+2",
  "9223372036854775807",
  "9223372036854775808",
  "2147483648",
  "100000000000000000000000",
  "0.12345678901234567890123",
  "\u0000",
  "\u00a0",
  ";",
  "=",
  "#",
  '""',
  "''",
  "[]",
  "{}",
  "undefined",
  "a b",
  "\r",
  "\ufeff",
  "1 2",
  '"\\/"',
  '"\\ud83d\\ude00"',
  '"\\b\\f"',
  "1.",
  "1e",
  "e1",
  "--1",
  "1-1",
  "1.2.3",
];

function payload(random: Random): string {
  const soup = (): string => random.many(1, 8, () => random.pick(JSON_TOKENS)).join("");
  const edited = (): string => {
    const source = JSON.stringify(document(random, 3));
    const at = random.below(source.length + 1);
    return source.slice(0, at) + random.pick(["", ...JSON_TOKENS]) + source.slice(at + random.below(3));
  };
  return random.one(
    soup,
    edited,
    edited,
    () => `{"a":${random.pick(JSON_TOKENS)}}`,
    () => `{"a":${random.pick(JSON_TOKENS)}${random.pick(JSON_TOKENS)}}`,
    () => `[${random.pick(JSON_TOKENS)}${random.pick([",", " ", ""])}${random.pick(JSON_TOKENS)}]`,
    () => random.pick(JSON_TOKENS),
    () =>
      `${random.pick([" ", "\n", "", "\t"])}${JSON.stringify(document(random, 2))}${random.pick([" ", "\n", "x", ",", "}", "]", "\u0000"])}`,
    () =>
      `{${random.many(1, 3, () => `${random.pick(['"a"', "a", "'a'", '"b"', "b c", "1", "null", '""', "true"])}${random.pick([":", " : ", "="])}${random.pick(JSON_TOKENS)}`).join(random.pick([",", ", ", ";", ",,"]))}${random.pick(["", ","])}}`,
  );
}

const USES = [
  "$input.json('$')",
  "$input.path('$')",
  "$input.json('$.a')",
  "$input.path('$.a')",
  "$input.body",
  "$input.path('$').a.class.name",
  "$input.path('$').size()",
  "#set($a = $input.path('$.a'))#set($b = $a + 1)$!b|$a.class.name",
  "#foreach($e in $input.path('$'))<$!e>#end",
  "$util.parseJson($input.body)",
  "$util.parseJson($input.body).a",
  "#set($x = $input.path('$'))#set($x.new = 1)$input.json('$')",
  "$input.path('$[0]')",
  "$input.json('$[0]')",
  "$input.json('$..a')",
  "$input.path('$.a').toString()",
  "#if($input.path('$.a') == 1)T#{else}F#end",
];

const NUMBERS = [
  "0",
  "-0",
  "1",
  "-1",
  "1.0",
  "0.0",
  "-0.0",
  "1.10",
  "1e5",
  "1E5",
  "1e-5",
  "1.5e300",
  "1e400",
  "-1e400",
  "123456789",
  "2147483647",
  "2147483648",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "-9223372036854775809",
  "12345678901234567890.5",
  "0.1",
  "0.30000000000000004",
  "100000000000000000000",
  "1e21",
  "1e7",
  "9999999.5",
  "0.001",
  "0.0001",
  "123456789.123456789",
  "1234567890123456789.1",
  "0.12345678901234567",
  "0.123456789012345678",
  "4.9e-324",
  "1e-400",
  "3.0e10",
  "5e0",
  "17976931348623157e292",
  "00",
  "01",
  "1.",
  "+1",
  ".1",
  "1e+05",
  "123456789012345678",
  "12345678901234567.8",
];

const MAP_STEPS: readonly ((random: Random) => string)[] = [
  (r) => `$x.put(${value(r, 0)}, ${value(r)})`,
  (r) => `#set($x.${r.pick(["k", "new", "a", "class", "size"])} = ${value(r)})`,
  (r) => `#set($x[${r.pick(["'k'", "1", "$n", "'new'", "true", "1.5", "$u"])}] = ${value(r)})`,
  (r) => `[$x.get(${value(r, 0)})]`,
  (r) => `[$x.remove(${value(r, 0)})]`,
  () => "[$x.keySet()]",
  () => "[$x.values()]",
  () => "[$x.entrySet()]",
  () => "#foreach($k in $x.keySet())$k=$!x.get($k);#end",
  () => "#foreach($v in $x)<$!v>#end",
  () => "#foreach($e in $x.entrySet())$e.key:$!e.value#if($foreach.hasNext),#end#end",
  (r) =>
    `#foreach($k in $x.keySet())#set($d = $x.${r.pick(["put($k, 1)", "remove($k)", "put('q', 1)", "get($k)"])})#end`,
  (r) => `$x.putAll(${r.pick(["$m", "{'z':9}", "$j.o", "$me", "$x"])})`,
  (r) => `[$x.containsKey(${value(r, 0)})]`,
  () => "$x.size()$x.isEmpty()",
  () => "#set($y = $x.clone())$y",
  (r) => `[$x.equals(${r.pick(["$m", "$me", "$x", "$j.o", "{'k':1}"])})]`,
];

const LIST_STEPS: readonly ((random: Random) => string)[] = [
  (r) => `$x.add(${value(r)})`,
  (r) => `$x.add(${r.pick(["0", "1", "9", "-1", "$n"])}, ${value(r)})`,
  (r) => `#set($x[${r.pick(["0", "1", "-1", "5", "$z"])}] = ${value(r)})`,
  (r) => `[$x.get(${r.pick(["0", "1", "-1", "7", "$z", "'0'"])})]`,
  (r) => `[$x[${r.pick(["0", "1", "-1", "7", "$z", "'0'"])}]]`,
  (r) => `[$x.remove(${value(r, 0)})]`,
  (r) => `[$x.indexOf(${value(r, 0)})]`,
  (r) => `[$x.contains(${value(r)})]`,
  (r) => `$x.addAll(${r.pick(["$l", "[1,2]", "$j.arr", "$ks", "$x", "$a", "$sl", "$vs"])})`,
  (r) =>
    `$x.${r.pick(["removeAll", "retainAll", "containsAll"])}(${r.pick(["$l", "[1,2]", "$j.arr", "$ks", "$x", "$vs"])})`,
  (r) => `#set($y = $x.subList(${r.pick(["0", "1"])}, ${r.pick(["1", "2", "0"])}))$y$y.add(5)$x`,
  (r) =>
    `#foreach($e in $x)<$!e>#set($d = $x.${r.pick(["add(1)", "remove(0)", "set(0, 'q')", "size()", "clear()"])})#end`,
  () => "#foreach($e in $x)$foreach.index:$!e#if($foreach.hasNext),#end#end",
  () => "$x.size()$x.isEmpty()$x.hashCode()",
  () => "$x.clear()",
  () => "#set($y = $x.iterator())#foreach($e in $y)$!e#end#foreach($e in $y)$!e#end",
  () => "#set($y = $x.toArray())$y.size()#foreach($e in $y)$!e#end",
  (r) => `[$x.equals(${r.pick(["$l", "$le", "$x", "$j.arr", "[1,2]"])})]`,
];

const collection = (name: string, starts: readonly string[], steps: typeof MAP_STEPS): Family => ({
  name,
  generate: (random) =>
    withSetups(
      `#set($x = ${random.pick(starts)})${random.many(1, 5, () => random.pick(steps)(random)).join("")} $x${random.pick(["", " $input.json('$')", " $j", ""])}`,
    ),
});

const KEYS = ["id", "q", "X-A", "limit", "zz", "Accept", "accept", "a.b", "class", "size", "é", ""];

function bindings(random: Random): FuzzInput {
  const group = (): Record<string, string> =>
    Object.fromEntries(
      random.many(0, 3, () => [random.pick(KEYS), random.pick(["v", "", "a,b", 'q"', "é", "1"])]),
    );
  const key = (): string => random.pick(KEYS);
  const part = (): string =>
    random.one(
      () => `[$input.params('${key()}')]`,
      () =>
        `[$input.params().${random.pick(["path", "querystring", "header", "zz", "get('header')"])}${random.pick(["", `.${random.pick(["id", "q", "X-A", "size()", "class", "keySet()"])}`, `.get('${key()}')`, `['${key()}']`])}]`,
      () => "#foreach($t in $input.params().keySet())$t=$input.params().get($t);#end",
      () => `[$input.params(${value(random)})]`,
      () => `[$input.${random.pick(["path", "json"])}(${value(random)})]`,
      () =>
        `[$context${random.pick([".stage", ".identity.sourceIp", ".identity", ".identity.zz", ".keySet()", ".size()", ".zz.yy", ".get('stage')", "['stage']", ".authorizer", ".num", ".list", ".list[0]", ".num.class.name", ".flag", "", ".requestOverride", ".responseOverride.header", ".class.name"])}]`,
      () =>
        `[$stageVariables${random.pick([".k", "['k']", ".get('k')", ".zz", ".keySet()", "", ".size()", ".k.length()"])}]`,
      () =>
        `#set($context.${random.pick(["requestOverride", "responseOverride"])}.${random.pick(["header.h", "path.p", "querystring.q", "status", "header['x-y']", "zz", "zz.yy", "header"])} = ${value(random)})`,
      () =>
        `$context.${random.pick(["requestOverride.header", "responseOverride.header", "requestOverride.path", "requestOverride.querystring", "requestOverride", "responseOverride"])}.${random.pick(["put", "putAll", "remove", "get"])}(${value(random, 0)}${random.pick(["", `, ${value(random)}`])})`,
      () =>
        `#set($context.${random.pick(["stage", "new", "identity.sourceIp", "requestOverride", "responseOverride", "list[0]"])} = ${value(random)})[$!context.stage]`,
      () =>
        `#set($${random.pick(["input", "context", "util", "stageVariables"])} = ${value(random)})$!input$!context.stage`,
      () =>
        `$${random.pick(["input", "util", "context", "stageVariables"])}${random.pick(["", ".class", ".class.name", ".toString()", ".body", ".getBody()", ".zz", ".params", ".equals(1)", ".getClass().getName()"])}`,
    );
  const made = withSetups(random.many(1, 3, part).join(""));
  return {
    ...made,
    input: { body: made.input?.body ?? null, headers: group(), query: group(), path: group() },
    context: {
      stage: "dev",
      identity: { sourceIp: "1.2.3.4", user: null },
      num: random.pick([1, 1.5, 3000000000]),
      list: [1, "a"],
      flag: true,
    },
    stageVariables: { k: "K", url: "u" },
  };
}

export const dataFamilies: readonly Family[] = [
  {
    name: "payload",
    generate: (random) => ({ template: random.pick(USES), input: { body: payload(random) } }),
  },
  {
    name: "json-number",
    generate: (random) => ({
      template: `#set($a = $input.path('$.a'))$!a|$input.json('$')|$!a.class.name|$input.path('$.l')#set($b = $a ${random.pick(["+ 1", "* 2", "/ 3", "- 0.5", "% 2", "== 1", "> 0", "+ ''", "* 1.0"])})|$!b`,
      input: { body: `{"a":${random.pick(NUMBERS)},"l":[${random.pick(NUMBERS)}]}` },
    }),
  },
  collection(
    "map-steps",
    ["{}", "{'k':1,'a':'b'}", "$m", "$j.o", "$j", "{'k':{'k':2}}", "$context", "$stageVariables"],
    MAP_STEPS,
  ),
  collection(
    "list-steps",
    ["[]", "[1,2,3]", "$l", "$j.arr", "$j.items", "$sl", "$a", "['b','a']", "[1..4]"],
    LIST_STEPS,
  ),
  { name: "bindings", generate: bindings },
];
