import type { Random } from "./random";

/** How each variable of the pool is made; a template gets those it names, with what they need. */
const SETUPS: Readonly<Record<string, string>> = {
  s: '#set($s = "AbC-12_é日😀")',
  e: '#set($e = "")',
  w: '#set($w = "  pad x ")',
  num: '#set($num = "42")',
  n: "#set($n = 5)",
  z: "#set($z = 0)",
  neg: "#set($neg = -7)",
  L: "#set($L = 3000000000)",
  B: "#set($B = 9223372036854775808)",
  d: "#set($d = 1.5)",
  dz: "#set($dz = 0.0)",
  t: "#set($t = true)",
  f: "#set($f = false)",
  l: '#set($l = [3,"b",2.5,"b"])',
  le: "#set($le = [])",
  m: '#set($m = {"k":"v","a":1,"n":{"q":[1]}})',
  me: "#set($me = {})",
  j: "#set($j = $input.path('$'))",
  a: "#set($a0 = 'x,y')#set($a = $a0.split(','))",
  ks: "#set($m1 = {'k':1,'j':2})#set($ks = $m1.keySet())",
  vs: "#set($m2 = {'k':1,'j':'b'})#set($vs = $m2.values())",
  es: "#set($m3 = {'k':1,'j':2})#set($es = $m3.entrySet())",
  it: "#set($l1 = [1,2])#set($it = $l1.iterator())",
  li: "#set($l3 = [1,2])#set($li = $l3.listIterator())",
  c: "#set($c0 = 'xY')#set($c = $c0.charAt(0))",
  D: "#set($D = 9223372036854775808 * 0.5)",
  dec: "#set($dec = $input.path('$.dec'))",
  big: "#set($big = -123456789012345678901234567890)",
  fl: "#set($d1 = 1.5)#set($fl = $d1.floatValue())",
  by: "#set($n1 = 5)#set($by = $n1.byteValue())",
  sh: "#set($n2 = -300)#set($sh = $n2.shortValue())",
  sl: "#set($l2 = [1,2,3,4])#set($sl = $l2.subList(1,3))",
  inf: "#set($inf = 1e308 * 10)",
  nan: "#set($i1 = 1e308 * 10)#set($nan = $i1 - $i1)",
  st: "#set($l4 = [1,2,3])#set($st = $l4.stream())",
  ca: "#set($s1 = 'ab')#set($ca = $s1.toCharArray())",
  en: "#set($m4 = {'k':1})#set($i4 = $m4.entrySet().iterator())#set($en = $i4.next())",
  def: "#define($def)D$!n#end",
};

export const VARIABLES = Object.keys(SETUPS);

export const BODY = JSON.stringify({
  arr: [1, { k: "/" }, [2], null, "s", 1.5, true],
  o: { x: null, y: 1.5, z: { q: "deep" }, "a-b": 1, class: "C", size: "S" },
  items: [
    { id: 1, name: "one", tags: ["a"], price: 2.5 },
    { id: 2, name: "two", tags: [], price: 10 },
    { id: 3, name: 'it\'s "3"', price: null },
  ],
  str: 'q"u\\o/te é',
  i: 42,
  f: 1.5,
  big: 3000000000,
  t: true,
  b: false,
  nul: null,
  empty: "",
})
  .replace("3000000000", "12345678901234567890")
  // Long decimals stay exact: JavaScript's numbers could not write them.
  .replace(
    /\}$/,
    ',"dec":-0.12345678901234567890,"tiny":1.500000000000000000E-30,"huge":12345678901234567890.50}',
  );

/** Where a template finds its data when it asks for any. */
export function withData(template: string): {
  template: string;
  input?: {
    body: string;
    headers: Record<string, string>;
    query: Record<string, string>;
    path: Record<string, string>;
  };
  context?: Record<string, unknown>;
  stageVariables?: Record<string, string>;
} {
  return {
    template,
    ...(template.includes("$input") || template.includes("{input") || template.includes("$!input")
      ? {
          input: {
            body: BODY,
            headers: { Accept: "*/*", "X-A": "h" },
            query: { q: "a b&c", limit: "10" },
            path: { id: "p1" },
          },
        }
      : {}),
    ...(template.includes("context")
      ? {
          context: {
            stage: "dev",
            apiId: "a1",
            requestTimeEpoch: 1700000000000,
            identity: { sourceIp: "1.2.3.4", user: null },
          },
        }
      : {}),
    ...(template.includes("stageVariables") ? { stageVariables: { k: "K", url: "http://h/p?q" } } : {}),
  };
}

/** The template with the pool's variables it names defined before it, and its data. */
export function withSetups(template: string): ReturnType<typeof withData> {
  const needed = new Set<string>();
  const scan = (text: string): void => {
    for (const [, name = ""] of text.matchAll(/\$!?\{?(\w+)/g)) {
      if (!Object.hasOwn(SETUPS, name) || needed.has(name)) continue;
      needed.add(name);
      if (name === "def") needed.add("n");
    }
  };
  scan(template);
  const setups = VARIABLES.filter((name) => needed.has(name)).map((name) => SETUPS[name]);
  return withData(setups.join("") + template);
}

const INTEGERS = [
  "0",
  "1",
  "-1",
  "2",
  "3",
  "7",
  "10",
  "-5",
  "16",
  "100",
  "2147483647",
  "2147483648",
  "-2147483648",
  "-2147483649",
  "3000000000",
  "9223372036854775807",
  "-9223372036854775808",
  "9223372036854775808",
  "12345678901234567890",
  "007",
  "-0",
];
const DECIMALS = [
  "0.0",
  "-0.0",
  "1.0",
  "1.5",
  "-2.5",
  "0.1",
  "3.14159",
  "1e3",
  "1.0e10",
  "2E-3",
  "1e308",
  "4.9e-324",
  "1e400",
  ".5",
  "5.",
  "-.25",
  "123456789.125",
  "0.001",
  "1e7",
  "9999999.0",
  "1E21",
  "0.1e-5",
];
const STRINGS = [
  '""',
  "''",
  '"a"',
  "'b'",
  '"1"',
  "'1.5'",
  '"true"',
  "'null'",
  '" "',
  '"a b"',
  "'$n'",
  '"$n"',
  '"${s}x"',
  '"$u"',
  '"a""b"',
  "'it''s'",
  '"é日"',
  '"\\u0041"',
  "'\\n'",
  '"#if($t)y#end"',
  '"a,b,c"',
  '"k"',
  "'k'",
  '"[a-z]"',
  '"%s"',
  '"aAbB"',
];
const REFERENCES = [
  "$u",
  "$!u",
  "${u}",
  "$u.x",
  "$m.k",
  "$m.n.q",
  "${m.zz}",
  "$l[0]",
  "$l[9]",
  "$m['k']",
  '$m["zz"]',
  "$j.i",
  "$j.f",
  "$j.big",
  "$j.t",
  "$j.b",
  "$j.nul",
  "$j.empty",
  "$j.arr",
  "$j.o",
  "$j.items",
  "$j.items[0].id",
  "$j.str",
  "$j.items[0].price",
  "$j.items[1].price",
  "$input",
  "$util",
  "$input.body",
  "$context.stage",
  "$context.zz",
  "$stageVariables.k",
  "$input.params('q')",
  "$input.json('$.o')",
  "$input.path('$.items[*].id')",
  "$s.length()",
  "$l.size()",
  "$l.zz()",
  "$m.keySet()",
  "$n.toString()",
];

export function reference(random: Random): string {
  if (random.chance(0.35)) return random.pick(REFERENCES);
  const name = random.pick(VARIABLES);
  return random
    .pick(["$", "$", "$", "$", "$", "$!", "${"])
    .replace(/^(.*?)(\{?)$/, (_all, start, brace) => `${start}${brace}${name}${brace ? "}" : ""}`);
}

/** An operand that stands alone: a literal or a reference. */
export function value(random: Random, depth = 1): string {
  const inner = (): string => value(random, depth - 1);
  const simple = [
    () => random.pick(INTEGERS),
    () => random.pick(INTEGERS),
    () => random.pick(DECIMALS),
    () => random.pick(STRINGS),
    () => random.pick(["true", "false"]),
    () => reference(random),
    () => reference(random),
    () => reference(random),
  ];
  if (depth <= 0) return random.one(...simple);
  return random.one(
    ...simple,
    () => `[${random.many(0, 3, inner).join(random.pick([",", ", ", " , "]))}]`,
    () => `{${random.many(0, 2, () => `${inner()}${random.pick([":", " : "])}${inner()}`).join(",")}}`,
    () =>
      `[${random.pick(["1", "0", "-2", "$n", "$neg", "3", "5", "$u", "$s"])}${random.pick(["..", " .. "])}${random.pick(["3", "-1", "$n", "$z", "1", "$L"])}]`,
  );
}

export const OPERATORS = [
  "==",
  "!=",
  "<",
  ">",
  "<=",
  ">=",
  "eq",
  "ne",
  "lt",
  "gt",
  "le",
  "ge",
  "+",
  "-",
  "*",
  "/",
  "%",
  "&&",
  "||",
  "and",
  "or",
  "+",
  "-",
  "*",
  "/",
  "%",
  "==",
  "!=",
];

export function expression(random: Random, depth = 2): string {
  const inner = (): string => expression(random, depth - 1);
  if (depth <= 0) return value(random);
  return random.one(
    () => value(random),
    () => `${inner()} ${random.pick(OPERATORS)} ${inner()}`,
    () => `${inner()} ${random.pick(OPERATORS)} ${inner()}`,
    () => `(${inner()})`,
    () => `${random.pick(["!", "! ", "not "])}${inner()}`,
    () => `${value(random)}${random.pick(OPERATORS)}${value(random)}`,
  );
}
