import type { Family, FuzzInput } from "../fuzz-case";
import type { Random } from "../random";

const FIELDS = ["id", "name", "type", "price", "tags", "owner", "ok", "note", "zz", "a-b", "first", "items"];

export function document(random: Random, depth = 3): unknown {
  const leaf = [
    () =>
      random.pick([
        "p-1",
        'Rex "the dog"',
        "dog's",
        "",
        "x/y\\z",
        "é日",
        "a\nb",
        "1",
        "true",
        "null",
        "😀",
        "a,b",
      ]),
    () => random.pick([0, 1, -1, 5, 249.99, 1e21, 1.0e-7, 3000000000, 2.5, 100]),
    () => random.pick([true, false, null, null]),
  ];
  if (depth <= 0) return random.one<unknown>(...leaf);
  return random.one<unknown>(
    ...leaf,
    () => random.many(0, 3, () => document(random, depth - 1)),
    () => Object.fromEntries(random.many(0, 4, () => [random.pick(FIELDS), document(random, depth - 1)])),
    () => Object.fromEntries(random.many(1, 4, () => [random.pick(FIELDS), document(random, depth - 1)])),
  );
}

const field = (random: Random): string => random.pick(FIELDS);

const LINES: readonly ((random: Random) => string)[] = [
  (r) => `"${field(r)}": "$input.params('${r.pick(["id", "limit", "q", "Content-Type", "zz", "Accept"])}')"`,
  (r) => `"${field(r)}": $input.json('$.${field(r)}')`,
  (r) => `"${field(r)}": "$util.escapeJavaScript($input.path('$.${field(r)}'))"`,
  (r) => `"${field(r)}": "$util.escapeJavaScript($input.json('$.${field(r)}')).replaceAll("\\\\'", "'")"`,
  (r) => `"${field(r)}": "$!root.${field(r)}.${field(r)}"`,
  (r) => `"${field(r)}": $root.${field(r)}.size()`,
  (r) =>
    `#if($root.${field(r)} ${r.pick(["== ''", "!= ''", '!= ""', "== $null", "!= $null", "&& $root.ok", "> 5", '== "p-1"', "== true"])})"y": "$root.${field(r)}",#end`,
  (r) =>
    `"list": [#foreach($e in $root.${field(r)}){"v": "$e", "w": "$!e.${field(r)}"}#if($foreach.hasNext),#end\n#end]`,
  () =>
    `"keys": [#foreach($k in $root.keySet())"$k": "$util.escapeJavaScript($root.get($k))"#if($foreach.hasNext),#end#end]`,
  () =>
    `#set($allParams = $input.params())#foreach($type in $allParams.keySet())#set($params = $allParams.get($type))"$type" : {#foreach($paramName in $params.keySet())"$paramName" : "$util.escapeJavaScript($params.get($paramName))"#if($foreach.hasNext),#end#end}#if($foreach.hasNext),#end\n#end`,
  (r) =>
    `"ctx": "$context.${r.pick(["stage", "httpMethod", "identity.sourceIp", "requestId", "identity", "authorizer.claims.sub", "resourcePath"])}"`,
  (r) => `"sv": "\${stageVariables.${r.pick(["table", "url", "zz"])}}"`,
  (r) =>
    `"b64": "$util.base64Encode($input.${r.pick(["body", "json('$')", "json('$.name')", "path('$.name')"])})"`,
  (r) => `"url": "$util.urlEncode($input.${r.pick(["body", "path('$.name')", "params('q')"])})"`,
  (r) =>
    `#set($n = ${r.pick(["0", "$root.price", "$root.tags.size()", "$root.items.size()"])} ${r.pick(["+", "-", "*", "/", "%"])} ${r.pick(["1", "2.5", "$root.price", "10"])})"n": $n`,
  (r) =>
    `#set($parsed = $util.parseJson($input.${r.pick(["json('$.owner')", "body", "path('$.name')", "json('$')"])}))"p": "$parsed.${field(r)}"`,
  (r) =>
    `#set($context.${r.pick(["requestOverride.header.X-A", "requestOverride.querystring.q", "requestOverride.path.id", "responseOverride.status", "responseOverride.header.Location", "requestOverride.header['a b']"])} = ${r.pick(["400", '"v"', "$root.name", "$root.zz", "$root.tags", '["a","b"]', "$input.params('id')", "true", "1.5", "$root"])})`,
  (r) =>
    `#set($map = {"${field(r)}": $root.${field(r)}, "x": [1, "$root.name"]})#set($map.y = $root.${field(r)})$map`,
  (r) =>
    `#set($sum = 0)#foreach($i in $root.${r.pick(["items", "tags", "owner"])})#set($sum = $sum + ${r.pick(["$i", "1", "$i.price", "$foreach.count"])})#end"sum": $sum`,
  (r) => `#define($block)"d": "$!root.${field(r)}"#end$block`,
  (r) =>
    `"cut": "$root.name.${r.pick(["substring(0, 2)", "toUpperCase()", "length()", "split(' ').size()", "replace('e', 'E')", "indexOf('x')", "trim()", "contains('R')", "startsWith('p')", "concat('!')", "matches('.*x.*')"])}"`,
  (r) =>
    `#set($v = $root.${field(r)})#if($v.class.name == "java.util.LinkedHashMap")map#elseif($v.size() > 0)list#{else}$v#end`,
  (r) =>
    `$input.path('$.${field(r)}[${r.pick(["*", "0", "-1", "?(@.id)", "?(@.price > 2)", "0,1", ":1"])}]${r.pick(["", ".id", ".name", "..price"])}')`,
];

export function realisticTemplate(random: Random): FuzzInput {
  const head = random.pick([
    "",
    "#set($inputRoot = $input.path('$'))\n#set($root = $inputRoot)\n",
    "#set($root = $input.path('$'))",
    "#set( $root = $input.path('$.items[0]') )\n",
  ]);
  const separator = random.pick([",\n  ", ", ", "\n", ",\n"]);
  const lines = random.many(1, 5, () => random.pick(LINES)(random)).join(separator);
  const body = random.one<string | null>(
    () => JSON.stringify(document(random, 4)),
    () =>
      JSON.stringify({
        id: "p-1",
        name: 'Rex "x"',
        price: 2.5,
        tags: ["a", "b"],
        items: [{ id: 1, price: 3 }, { id: 2 }],
        owner: { first: "Ann" },
        ok: random.chance(0.5),
        ...(document(random, 0) === null ? { note: null } : {}),
      }),
    () => JSON.stringify(Object.fromEntries(FIELDS.map((name) => [name, document(random, 2)]))),
    () => random.pick(["", null, "[]", "[1,2]", "a=b&c", '{"a', "null", "5", '"s"', "{}"]),
  );
  return {
    template: `${head}{\n  ${lines}\n}`,
    input: {
      body,
      headers: { "Content-Type": "application/json", "User-Agent": 'curl/8 "x"', Accept: "*/*" },
      query: { limit: "10", q: 'x"y&z é' },
      path: { id: "7" },
    },
    context: {
      stage: "prod",
      httpMethod: "POST",
      requestId: "r-1",
      identity: { sourceIp: "1.2.3.4", user: null },
      resourcePath: "/pets/{id}",
    },
    stageVariables: { table: "T", url: "http://h/p" },
  };
}

export const realisticFamilies: readonly Family[] = [{ name: "realistic", generate: realisticTemplate }];
