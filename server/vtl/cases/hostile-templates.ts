/** A template that wants more than it may have, and the budget that ends it. */
export type HostileTemplate = { readonly template: string; readonly body?: string; readonly code: string };

const times = (count: number, item: string): string => Array(count).fill(item).join(",");
const rounds = (count: number, body: string): string => `#foreach($i in [1..${count}])${body}#end`;
const manyRounds = (body: string): string =>
  `#foreach($i in [1..1000])#foreach($j in [1..1000])${body}#end#end`;
const doubled = (count: number): string =>
  `#set($s = 'xxxxxxxxxxxxxxxx')#foreach($i in [1..${count}])#set($s = "$s$s")#end`;
const blocks = (count: number): string =>
  `${Array.from({ length: count }, (_, i) => `#define($d${i})$d${i + 1}$d${i + 1}#end`).join("")}$d0`;
const decimal = '{"a": 1.2345678901234567890}';
const distant = '{"a": 1.2345678901234567890e999999999}';
const lists = (count: number): string => `#set($l = [])${rounds(count, "#set($l = [$l, $l])")}`;
const objects = (count: number): string => `[${times(count, "{}")}]`;

/** Texts, lists and maps that grow. */
const growing: Record<string, HostileTemplate> = {
  "a string that doubles": { template: `${rounds(100, '#set($s = "x$s$s")')}$s.length()`, code: "output" },
  "a sum of strings that doubles": {
    template: `#set($s = 'x')${rounds(99, "#set($s = $s + $s)")}`,
    code: "output",
  },
  "a list that doubles": {
    template: `#set($l = [1])${rounds(99, "#set($x = $l.addAll($l))")}`,
    code: "collection",
  },
  "printing lists of lists": { template: `${lists(60)}$l`, code: "output" },
  "comparing lists of lists": {
    template: `#set($l = [])#set($m = [])${rounds(60, "#set($l = [$l, $l])#set($m = [$m, $m])")}#if($l == $m)x#end`,
    code: "steps",
  },
  "JSON text of lists of lists": {
    template: `${lists(60)}$!input.path('$').put('z', $l)$input.json('$')`,
    body: "{}",
    code: "output",
  },
  "a JSON array of arrays": {
    template: `#set($l = $input.path('$.a'))${rounds(40, "#set($n = $input.path('$.b').clone())$!n.add($l)$!n.add($l)#set($l = $n)")}$l`,
    body: '{"a": [], "b": []}',
    code: "output",
  },
  "joining lists of lists in a path": {
    template: `${lists(60)}$!input.path('$').put('z', $l)$input.path("$.concat($.z)")`,
    body: "{}",
    code: "output",
  },
  "overrides of maps of maps": {
    template: `#set($m = {})${rounds(45, "#set($m = {'a': $m, 'b': $m})")}#set($context.requestOverride.header = $m)`,
    code: "steps",
  },
  "an Optional of lists of lists": {
    template: `${lists(40)}#set($o = [$l])$o.stream().findFirst()`,
    code: "output",
  },
  "ranges that are kept": {
    template: `#set($l = [])${rounds(1000, "$!l.add([0..99999])")}`,
    code: "memory",
  },
  "maps that are kept": { template: `#set($l = [])${manyRounds("$!l.add({'a': {}})")}`, code: "memory" },
  "long strings that are kept": {
    template: `${doubled(12)}#set($l = [])${rounds(1000, '#set($t = "$s$i")$!l.add($t)$!t.hashCode()')}`,
    code: "steps",
  },
  "a huge range": { template: "#foreach($i in [0..2000000000])x#end", code: "collection" },
  "a list in itself": {
    template: "#set($l = [])#set($m = {})#set($x = $l.add($m))#set($m.l = $l)$l.hashCode()$l",
    code: "depth",
  },
  "a map in itself": { template: "#set($m = {})#set($n = {'m': $m})$!m.put('n', $n)$m", code: "depth" },
  "a document in itself": {
    template: "#set($m = $input.path('$'))$!m.put('n', $m)$input.json('$')",
    body: "{}",
    code: "json-depth",
  },
  "a wide format": { template: "$context.stage.format('%999999999d', 5)", code: "output" },
  "a repeated string": { template: "#set($s = 'abc')$s.repeat(2000000000)", code: "output" },
  "replacements that grow": {
    template: `#set($s = 'aaaaaaaa')${rounds(99, "#set($s = $s.replaceAll('a', 'aa'))")}`,
    code: "steps",
  },
  "a payload of empty objects": {
    template: "$input.path('$').size()",
    body: objects(100_000),
    code: "memory",
  },
  "payloads parsed again and again": {
    template: `#set($l = [])${rounds(1000, "$!l.add($util.parseJson($input.body))")}`,
    body: objects(5_000),
    code: "memory",
  },
  "bytes as objects": {
    template: "$input.body.getBytes().size()",
    body: "a".repeat(200_000),
    code: "collection",
  },
  "code points": {
    template: "$input.body.codePoints().count()",
    body: "a".repeat(200_000),
    code: "collection",
  },
  lines: { template: "$input.body.lines().count()", body: "\n".repeat(200_000), code: "collection" },
};

/** Work without growth. */
const working: Record<string, HostileTemplate> = {
  "loops in loops": { template: manyRounds("#foreach($k in [1..1000])#set($n = $k)#end"), code: "steps" },
  "blocks that print two blocks": { template: blocks(40), code: "steps" },
  "a long body in a loop": {
    template: manyRounds("#if(1 + 2 * 3 == 7 && 'a' == 'b')#end".repeat(500)),
    code: "steps",
  },
  "ranges nobody walks": { template: manyRounds("#foreach($k in [0..99999])#break#end"), code: "memory" },
  "comparing long strings": {
    template: `${doubled(14)}#set($t = "x$s")#set($u = "y$s")${manyRounds("#if($t == $u)#end")}`,
    code: "steps",
  },
  "hashes of long strings": {
    template: `#set($s = $input.body)#set($l = [$s, $s])${manyRounds("#set($h = $l.hashCode())")}`,
    body: "a".repeat(100_000),
    code: "steps",
  },
  "long keys": {
    template: `#set($s = $input.body)#set($m = {})${manyRounds('#set($m["$s$i"] = 1)')}`,
    body: "a".repeat(100_000),
    code: "steps",
  },
  "views of a large map": {
    template: `#set($m = {})#foreach($i in [1..100])#foreach($j in [1..100])#set($m["$i-$j"] = 1)#end#end${manyRounds("#foreach($e in $m.entrySet())#break#end")}`,
    code: "memory",
  },
  "copies of a large list": {
    template: `#set($r = [0..99999])${manyRounds("#set($c = $r.clone())")}`,
    code: "memory",
  },
  "taking the first out of a large list": {
    template: `#set($r = [0..99999])${manyRounds("$!r.remove(0)")}`,
    code: "steps",
  },
  "JSON text again and again": {
    template: manyRounds("#set($x = $input.json('$'))"),
    body: `[${times(10_000, "1")}]`,
    code: "steps",
  },
  "scans of scans": {
    template: rounds(1000, "$!input.path('$..*..*').size()"),
    body: JSON.stringify(Array(900).fill([[[1]]])),
    code: "steps",
  },
  "unions of unions": {
    template: `$input.path('$[${times(2000, "0")}][${times(2000, "0")}]').size()`,
    body: "[[1]]",
    code: "steps",
  },
  "lists compared in a filter": {
    template: "$input.path('$.c[?(@.a subsetof $.b)]').size()",
    body: JSON.stringify({ b: numbered(2000), c: Array(20).fill({ a: numbered(2000).reverse() }) }),
    code: "steps",
  },
  "a pattern in a filter": {
    template: "$input.path('$.c[?(@.a =~ /(a|b|ab)*c{1,200}d/)]').size()",
    body: JSON.stringify({ c: Array(200).fill({ a: "ab".repeat(5000) }) }),
    code: "steps",
  },
  "a large pattern": {
    template: "$input.body.matches('(?:a|b|ab|ba|(x+x+)+y){500}')",
    body: "ab".repeat(200_000),
    code: "steps",
  },
  "sorting again and again": {
    template: `#set($r = [9999..0])${rounds(1000, "#set($x = $r.stream().sorted().toList())")}`,
    code: "memory",
  },
  "matches that look ahead to the end": {
    template: "$input.body.replaceAll('a(.*b)?', 'x').length()",
    body: "a".repeat(100_000),
    code: "time",
  },
  "patterns compiled again and again": {
    template: manyRounds('#set($r = "(a|b){900}[c-z]+$i-$j")$!input.body.matches($r)'),
    body: "ab",
    code: "time",
  },
};

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `s${i}`);
}

/** Numbers whose digits would fill the memory. */
const counting: Record<string, HostileTemplate> = {
  "a power": { template: "#set($b = 12345678901234567890)$b.pow(100000000)", code: "number" },
  "squares of squares": {
    template: `#set($b = 12345678901234567890)${rounds(60, "#set($b = $b * $b)")}`,
    code: "number",
  },
  "squares of decimals": {
    template: `#set($b = $input.path('$.a'))${rounds(60, "#set($b = $b * $b)")}`,
    body: decimal,
    code: "number",
  },
  "the whole part of a distant decimal": {
    template: "$input.path('$.a').intValue()",
    body: distant,
    code: "number",
  },
  "a distant decimal in plain digits": {
    template: "$input.path('$.a').toPlainString()",
    body: distant,
    code: "output",
  },
  "a point moved far": {
    template: "$input.path('$.a').movePointRight(2000000000)",
    body: decimal,
    code: "number",
  },
  "a point moved again and again": {
    template: `#set($b = $input.path('$.a'))${rounds(1000, "#set($b = $b.movePointRight(90000))")}`,
    body: decimal,
    code: "number",
  },
  "a bit far away": { template: "#set($b = 12345678901234567890)$b.setBit(2000000000)", code: "number" },
  "a shift": { template: "#set($b = 12345678901234567890)$b.shiftLeft(2000000000)", code: "number" },
};

export const hostileTemplates: Readonly<Record<string, HostileTemplate>> = {
  ...growing,
  ...working,
  ...counting,
};

/** Texts on which a careless pattern takes quadratic time: they must simply be done with. */
export const slowTexts: Readonly<Record<string, { template: string; body: string }>> = {
  "digits that are no number": {
    template: "#set($d = 1.5)$d.parseDouble($input.body)",
    body: `${"1".repeat(300_000)}x`,
  },
  "blanks in what is no number": {
    template: "#set($d = 1.5)$d.parseDouble($input.body)",
    body: `x${" ".repeat(300_000)}x`,
  },
  "blanks in a line": { template: "$input.body.stripIndent().length()", body: `x${" ".repeat(300_000)}x` },
  "digits in groups": {
    template: "#set($f = '%,d')$f.format($f, $input.path('$')).length()",
    body: "9".repeat(90_000),
  },
  "zeros to be taken off": {
    template: "$input.path('$').pow(4000).stripTrailingZeros()",
    body: "10.000000000000000000000",
  },
  "a distant decimal in a format": {
    template: "#set($f = '%f')$f.format($f, $input.path('$'))",
    body: "1.5e-999999999999",
  },
  "many matches before the end of the text": {
    template: "$input.body.replaceAll('x$|[ab]|cc', 'y').length()",
    body: "a".repeat(50_000),
  },
  "a number of a million digits": { template: "$input.path('$')", body: "9".repeat(1_000_000) },
  "long text in escapes": { template: "$util.urlDecode($input.body).length()", body: "a%41".repeat(200_000) },
};
