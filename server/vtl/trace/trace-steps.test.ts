import { expect, test } from "vitest";
import { contextFromRecord, describeOrigin, describeStep, renderTraced } from "@/server/vtl";

const body = JSON.stringify({
  name: "Rex",
  items: [{ n: "a" }, { n: "b" }],
  map: { x: 1, "y z": 2 },
  gaps: [null, 1, null],
});
const bindings = {
  input: { body, path: { id: "7" }, query: { page: "2" }, headers: { "X-Id": "h" } },
  context: contextFromRecord({ stage: "dev", identity: { sourceIp: "10.0.0.1" } }),
  stageVariables: { v: "one" },
};

const trace = (template: string, options?: Parameters<typeof renderTraced>[2]) =>
  renderTraced(template, bindings, options);

/** What was printed by references, and where it came from. */
function origins(template: string): string[] {
  const { output, trace: all } = trace(template);
  return all.sources
    .filter(({ origin }) => origin.kind !== "template")
    .map(({ from, to, origin }) => `${output.slice(from, to)}: ${describeOrigin(origin)}`);
}

const originCases: [template: string, expected: string[]][] = [
  ["$input.path('$.items[0].n') $input.json('$.name')", ["a: $.items[0].n", '"Rex": $.name']],
  ["$input.path('$').items[1].n $input.path('$.map').get('y z')", ["b: $.items[1].n", "2: $.map['y z']"]],
  ["$input.path('$..n')[1]", ["b: $..n → [1]"]],
  ["$input.params('id')$input.params('page')", ["7: path parameter id", "2: query parameter page"]],
  ["$input.params().header.get('X-Id')", ["h: header X-Id"]],
  ["$input.params().keySet()", ["[path, querystring, header]: $input.params().keySet() of parameters"]],
  [
    "$context.identity.sourceIp $context.get('stage')",
    ["10.0.0.1: $context.identity.sourceIp", "dev: $context.stage"],
  ],
  ["$stageVariables.v $stageVariables", ["one: $stageVariables.v", "{v=one}: $stageVariables"]],
  ["#set($a = $input.path('$.name'))\n$a", ["Rex: $a (line 1) ← $.name"]],
  ["#set($a = 'x')$a$a.length()", ["x: $a (line 1) ← template", "1: $a.length()"]],
  ["#set($a = $input.path('$'))#set($b = $a.items)$b[0].n", ["a: $b (line 1) ← $a (line 1) ← $.items[0].n"]],
  [
    "#set($a = \"<$input.params('id')>\")$a",
    ["<7>: $a (line 1) ← \"<$input.params('id')>\" of path parameter id"],
  ],
  [
    "#set($a = 1 + $input.params('id').length())$a",
    ["2: $a (line 1) ← 1 + $input.params('id').length() of path parameter id"],
  ],
  [
    "$util.escapeJavaScript($input.path('$.name'))",
    ["Rex: $util.escapeJavaScript($input.path('$.name')) of $.name"],
  ],
  [
    "#foreach($i in $input.path('$.items'))$i.n#end",
    ["a: $i (line 1) ← $.items[0].n", "b: $i (line 1) ← $.items[1].n"],
  ],
  [
    "#foreach($v in $input.path('$.map'))$v#end",
    ["1: $v (line 1) ← $.map.x", "2: $v (line 1) ← $.map['y z']"],
  ],
  [
    "#foreach($v in $input.params().query)$v#end#foreach($v in ['q'])$v$foreach.count#end",
    ["q: $v (line 1) ← template", "1: $foreach.count"],
  ],
  [
    "#set($all = $input.params())#foreach($k in $all.keySet())#set($m = $all.get($k))#foreach($n in $m.keySet())$m.get($n)#end#end",
    [
      "7: $m (line 1) ← $all (line 1) ← path parameter id",
      "2: $m (line 1) ← $all (line 1) ← query parameter page",
      "h: $m (line 1) ← $all (line 1) ← header X-Id",
    ],
  ],
  [
    "#set($m = {})#set($m.a = $input.path('$.name'))$m.a $m#set($m = {'a': 'b'})$m.a",
    [
      "Rex: $m.a (line 1) ← $.name",
      "{a=Rex}: $m (line 1) ← #set($m.a = $input.path('$.name')) of $.name",
      "b: $m (line 1) ← template",
    ],
  ],
  [
    "#set($l = [])#set($x = $l.add($input.params('id')))$l",
    ["[7]: $l (line 1) ← $l.add($input.params('id')) of path parameter id"],
  ],
  ["#define($d)-$input.params('id')-#end$d", ["7: path parameter id"]],
  [
    "#set($a = $input.path('$'))#set($a.extra = 'e')$a.extra$a.name",
    ["e: $a.extra (line 1) ← template", "Rex: $a (line 1) ← $.name"],
  ],
  ["$input.body", [`${body}: body`]],
  [
    "$input.params('none').length()$input.path('$.name').length()",
    [
      "0: $input.params('none').length() of parameter none (not sent)",
      "3: $input.path('$.name').length() of $.name",
    ],
  ],
  [
    "$input.json('$.map').length()$input.params().nothing$input.params('id').none$context",
    ["15: $input.json('$.map').length() of $.map"],
  ],
  ["$input.params().header", ["{X-Id=h}: all headers"]],
  ["$stageVariables.v.length()", ["3: $stageVariables.v.length() of $stageVariables.v"]],
  ["#set($p = '$.name')$input.path($p)$input.path(\"$p\")", ["Rex: $.name", "Rex: $.name"]],
  [
    "#set($l = $input.path('$.items'))#set($i = 1)$l[$i].n$l.get(0).n",
    ["b: $l (line 1) ← $.items[1].n", "a: $l (line 1) ← $.items[0].n"],
  ],
  [
    "#set($a = 'q')#set($b = $a)#set($c = $b)#set($d = $c)#set($e = $d)#set($f = $e)$f",
    ["q: $f (line 1) ← $e (line 1) ← template"],
  ],
  ["#foreach(${i} in [$context.stage])${i}#end", ["dev: $i (line 1) ← [$context.stage] of $context.stage"]],
  ["\\$context $context.stage", ["dev: $context.stage"]],
];

test.each(originCases)("each piece of output tells where its data came from: %s", (template, expected) => {
  expect(origins(template)).toEqual(expected);
});

test("the origin of a variable that is set over and over stays small", () => {
  const { trace: all } = trace(
    "#set($s = $input.path('$.name'))#foreach($i in [1..50])#set($s = \"$s$i\")#set($t = $s)#set($s = $t)#end$s",
  );
  expect(JSON.stringify(all.sources[0]).length).toBeLessThan(1000);
});

test("steps tell kind, place, value and what they wrote, in the order in which they began", () => {
  const template =
    "a\n#set($x = 5)#if($x == 4)no#elseif($x == 5)yes#else\nelse#end\n#foreach($i in [1..2])$i#break#end$x";
  const steps = trace(template).trace.steps.map(
    ({ kind, line, column, depth, source, value, output }) =>
      `${"  ".repeat(depth)}${kind} ${line}:${column} ${JSON.stringify(source)} ${value} ${output?.from}-${output?.to}`,
  );
  expect(steps).toEqual([
    'text 1:1 "a\\n" null 0-2',
    'set 2:1 "#set($x = 5)" 5 2-2',
    'if 2:13 "#if($x == 4)" false 2-2',
    'elseif 2:27 "#elseif($x == 5)" true 2-5',
    '  text 2:43 "yes" null 2-5',
    'foreach 4:1 "#foreach($i in [1..2])" [1, 2] 5-6',
    '  round 4:1 "#foreach($i in [1..2])" 1 5-6',
    '    reference 4:23 "$i" 1 5-6',
    '    break 4:25 "#break" null 6-6',
    'end-foreach 4:1 "#foreach($i in [1..2])" 1 round 6-6',
    'reference 4:35 "$x" 5 6-7',
  ]);
});

test("an #else, a #define and a #stop are steps, with their own places", () => {
  const { output, trace: all } = trace("#define($d)body#end#if(false)x#{else}$d#stop#{end}y");
  expect(output).toBe("body");
  expect(all.steps.map(({ kind, source, value }) => [kind, source, value])).toEqual([
    ["define", "#define($d)", null],
    ["if", "#if(false)", "false"],
    ["else", "#{else}", null],
    ["reference", "$d", null],
    ["text", "body", null],
    ["stop", "#stop", null],
  ]);
});

test("a step names the variables it changed, with the values before and after", () => {
  const template =
    "#set($x = 1)#set($x = 'a')#set($m = {})#set($m.k = 2)#set($m.k = 3)#set($l = [])$l.add($x)#foreach($x in [7])#end";
  const changes = trace(template).trace.steps.map(({ changes: all }) =>
    all.map(({ name, before, after }) => `${name}: ${before} → ${after}`).join(),
  );
  expect(changes).toEqual([
    "x: null → 1",
    'x: 1 → "a"',
    "m: null → {}",
    "m.k: null → 2",
    "m.k: 2 → 3",
    "l: null → []",
    'l: [] → ["a"]',
    "",
    'x: "a" → 7',
    'x: 7 → "a"',
  ]);
});

test("where nothing is stored, nothing changed", () => {
  const template = "#set($n = $input.path('$.none').x)#set($none.a = 1)#set($q = 1 + 'x')#set($z = [1..'a'])";
  for (const step of trace(template).trace.steps) {
    if (step.value === "null" || step.source.includes("$none.a")) expect(step.changes).toEqual([]);
  }
});

test("what a string or a block asked for as a value does has no place in the output", () => {
  const { trace: all, output } = trace("#define($d)x#end#set($s = \"#if(true)$d#end\")#if($d == 'x')y#end");
  expect(output).toBe("y");
  const inside = all.steps.filter((step) => step.output === null);
  expect(inside.map(({ kind }) => kind)).toContain("text");
  expect(all.sources).toHaveLength(1);
});

test("a line of text is a piece of its own, so that each piece belongs to one line of the template", () => {
  const { trace: all } = trace("one\ntwo\r\n## comment\nthree");
  expect(all.sources.map(({ line, from, to, span }) => [line, from, to, span.start])).toEqual([
    [1, 0, 4, 0],
    [2, 4, 9, 4],
    [4, 9, 14, 20],
  ]);
});

test("a render that fails keeps output and steps up to the failure, and marks the step", () => {
  const { output, error, trace: all } = trace("a$input.params('id')#if(true)$input.path('$[')#end after");
  expect(error).toMatchObject({ kind: "render", line: 1 });
  expect(output).toBe("a7");
  expect(all.steps.map(({ kind, failed }) => [kind, failed ?? false])).toEqual([
    ["text", false],
    ["reference", false],
    ["if", false],
    ["reference", true],
  ]);
});

test("a template that cannot be parsed has no steps", () => {
  const { error, trace: all } = trace("#if(");
  expect(error?.kind).toBe("parse");
  expect(all).toEqual({ steps: [], droppedSteps: 0, sources: [] });
});

test("steps, pieces and previews are bounded, and the pieces still cover the output", () => {
  const template = "#foreach($i in [1..100])$input.path('$.name')-#end";
  const { output, trace: all } = trace(template, { trace: { steps: 10, sources: 20, previewLength: 8 } });
  expect(all.steps).toHaveLength(10);
  expect(all.droppedSteps).toBe(2 + 100 * 3 - 10);
  expect(all.sources).toHaveLength(20);
  expect(all.sources.at(-1)).toMatchObject({ to: output.length, origin: { kind: "unknown" } });
  for (const { value, source } of all.steps) {
    expect(Math.max(value?.length ?? 0, source.length)).toBeLessThanOrEqual(8);
  }
});

test("a limit on the output ends a traced render as it ends any", () => {
  const {
    error,
    output,
    trace: all,
  } = trace("#foreach($i in [1..100])ab#end", { limits: { outputLength: 11 } });
  expect(error).toMatchObject({ kind: "limit", code: "output" });
  expect(all.sources.at(-1)?.to).toBe(output.length);
});

test("a loop without a list fails as it does untraced, and one over nothing has no rounds", () => {
  expect(trace("#foreach($i)x#end").error?.message).toMatch(/#foreach/);
  const steps = trace("#foreach($i in $none)x#end").trace.steps;
  expect(steps.map(({ kind, value }) => [kind, value])).toEqual([
    ["foreach", '""'],
    ["end-foreach", "0 rounds"],
  ]);
});

test("elements that are null are told as the others are", () => {
  const { trace: all, output } = trace("#set($v = 0)#foreach($v in $input.path('$.gaps'))$v;#end");
  expect(output).toBe(";1;;");
  const rounds = all.steps.filter(({ kind }) => kind === "round");
  expect(rounds.map(({ value, changes }) => [value, changes.map(({ after }) => after)])).toEqual([
    ["null", ["null"]],
    ["1", ["1"]],
    ["null", ["null"]],
  ]);
});

test("a step in words tells what it is and what it changed", () => {
  const template =
    "a#set($x = [1])#if($x.size() == 1)$x.add(2)#end#foreach($i in [])#end#foreach($i in [7])#end#set($n = 1 + 'a' - 1)";
  const words = trace(template).trace.steps.map((step) => Object.values(describeStep(step)).join(": "));
  expect(words).toEqual([
    "text: ",
    "#set($x = [1]): $x = [1]",
    "#if($x.size() == 1): true",
    "$x.add(2): true; $x = [1, 2]",
    "#foreach($i in []): []",
    "end of #foreach: 0 rounds",
    "#foreach($i in [7]): [7]",
    "round: $i = 7",
    "end of #foreach: 1 round",
    "#set($n = 1 + 'a' - 1): null (not stored)",
  ]);
});

test("what is not traced apart says so", () => {
  expect(describeOrigin({ kind: "unknown" })).toBe("not traced");
  expect(describeOrigin({ kind: "context", name: "" })).toBe("$context");
  expect(describeOrigin({ kind: "parameter", place: "path", name: null })).toBe("all path parameters");
  expect(describeOrigin({ kind: "parameter", place: null, name: null })).toBe("parameters");
});
