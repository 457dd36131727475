import type { Family, FuzzInput } from "../fuzz-case";
import type { Random } from "../random";
import { document } from "./realistic";

const STORE = JSON.stringify({
  shop: {
    item: [
      { kind: "tea", brand: "Ajax", name: "Green 1", price: 4.5, stock: 10, tags: ["green", "loose"] },
      { kind: "coffee", brand: "Bolt", name: 'Dark "B"', price: 12.99, stock: 0, tags: ["dark"] },
      { kind: "tea", name: "Earl's", price: 8, stock: null, tags: [] },
      {
        kind: "milk",
        name: "",
        price: -1,
        "a.b": { c: 1 },
        nested: [
          [1, 2],
          [3, [4]],
        ],
      },
      null,
      5,
    ],
    cart: { color: "red", total: 19.95, open: true, n: null },
    "a-b": { "c d": [1, 2, 3] },
  },
  limit: 10,
  "top key": { a: 1 },
  empty: [],
  nums: [3, 1, 2.5, -4, 10],
  mixed: [1, "2", null, true, { a: 1 }, [1]],
  "": "blank",
  length: 7,
  "it's": 1,
});

const KEYS = [
  "shop",
  "item",
  "kind",
  "name",
  "price",
  "stock",
  "tags",
  "cart",
  "color",
  "limit",
  "nums",
  "mixed",
  "zz",
  "empty",
  "a-b",
  "length",
  "nested",
  "brand",
  "open",
  "n",
  "top key",
  "c d",
  "a.b",
  "",
  "it's",
  "*",
  "id",
  "items",
  "owner",
  "first",
  "é",
];

function quoted(random: Random, key: string): string {
  return random.one(
    () => `'${key.replaceAll("'", "\\'")}'`,
    () => `"${key}"`,
    () => `'${key}'`,
  );
}

const plainKey = (random: Random): string => random.pick(KEYS);
const number = (random: Random): string =>
  random.pick(["0", "1", "2", "-1", "-2", "3", "5", "99", "-99", "10"]);

function step(random: Random, depth: number): string {
  return random.one(
    () => `.${plainKey(random)}`,
    () => `.${random.pick(["shop", "item", "price", "cart", "nums", "name", "tags", "kind"])}`,
    () => `.${random.pick(["shop", "item", "price", "cart", "nums", "name", "tags", "kind"])}`,
    () => `[${quoted(random, plainKey(random))}]`,
    () => `[${number(random)}]`,
    () => `[${random.many(2, 3, () => number(random)).join(random.pick([",", ", ", " , "]))}]`,
    () => `[${random.many(2, 3, () => quoted(random, plainKey(random))).join(random.pick([",", ", "]))}]`,
    () => `[${random.pick(["", number(random)])}:${random.pick(["", number(random)])}]`,
    () => random.pick(["[*]", ".*", "[ * ]", "['*']"]),
    () =>
      random.pick(["..", "..*", "..[*]"]) +
      random.pick(["", plainKey(random), random.pick(["price", "name", "tags"])]),
    () =>
      `..${random.pick(["price", "name", "item", "tags", "zz", "[0]", "[?(@.price)]", "['name']", "['name','price']", "a", "*"])}`,
    () => (depth > 0 ? `[?(${filter(random, depth)})]` : "[0]"),
    () => (depth > 0 ? `[?(${filter(random, depth)})]` : "[*]"),
    () =>
      `[${random.pick(["?", "?,?", "(@.length-1)", "?()", "", "a", "1:2:3", "'", "::", "0:", ":-1", "-2:", "1:3", "@", "$", "0 , 1", " 0 ", "'a' 'b'", "1.5", "--1", "+1"])}]`,
  );
}

const FUNCTIONS = [
  "min()",
  "max()",
  "avg()",
  "stddev()",
  "sum()",
  "length()",
  "size()",
  "keys()",
  "concat()",
  "first()",
  "last()",
  "index(0)",
  "index(-1)",
  "append(1)",
  "concat('x')",
  'concat("a", $.limit)',
  "sum($.nums)",
  "sum(1,2)",
  "min($.nums[*])",
  "max(@)",
  "avg($..price)",
  "length($.shop)",
  "append('x','y')",
  "index($.limit)",
  "zz()",
  "keys(1)",
  "concat($.shop.item[*].name)",
  "sum($..stock)",
  "min",
  "length",
  "size",
];

function operand(random: Random, depth: number): string {
  const path = (): string =>
    `${random.pick(["@", "@", "@", "$"])}${random.many(0, 2, () => step(random, 0)).join("")}`;
  return random.one(
    () => `@.${random.pick(["price", "kind", "name", "stock", "tags", "zz", "brand"])}`,
    () => `@.${random.pick(["price", "kind", "name", "stock", "tags", "zz", "brand"])}`,
    path,
    () =>
      random.pick([
        "1",
        "5",
        "8",
        "8.0",
        "-1",
        "4.5",
        "10",
        "0",
        "1e1",
        "12.990",
        "true",
        "false",
        "null",
        "'tea'",
        '"tea"',
        "''",
        "'Earl\\'s'",
        "'10'",
        "'4.5'",
        "'true'",
        "'null'",
      ]),
    () =>
      random.pick([
        "['tea','milk']",
        '["dark","x"]',
        "[]",
        "[1,2,5]",
        "{}",
        '{"a":1}',
        "[0,10]",
        "['green','loose']",
        "[[1,2]]",
        "[null]",
        "4",
        "/t.a/",
        "/T.*/i",
        '/.*"B"/',
        "/a(b/",
        "/^M/mi",
        "/x/z",
      ]),
    () =>
      `@.${random.pick(["tags", "name", "price", "nested", "kind"])}.${random.pick(["length()", "size()", "min()", "max()", "sum()", "length", "first()", "keys()"])}`,
    () => (depth > 1 ? `@.item[?(${filter(random, depth - 1)})]` : "@"),
  );
}

const COMPARE = [
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "===",
  "!==",
  "=~",
  "in",
  "nin",
  "subsetof",
  "anyof",
  "noneof",
  "size",
  "empty",
  "contains",
  "all",
  "type",
  "matches",
  "IN",
  "<>",
  "~=",
  "=",
  "eq",
  "exists",
];

function filter(random: Random, depth: number): string {
  const inner = (): string => filter(random, depth - 1);
  const gap = random.pick(["", " ", " ", "  "]);
  const plain = [
    () => operand(random, depth),
    () => `${operand(random, depth)}${gap}${random.pick(COMPARE)}${gap}${operand(random, depth)}`,
    () => `${operand(random, depth)}${gap}${random.pick(COMPARE)}${gap}${operand(random, depth)}`,
    () =>
      `${operand(random, depth)} ${random.pick(["==", "<", ">", "in", "=~", "size", "empty"])} ${operand(random, depth)}`,
    () =>
      `@.tags ${random.pick(["subsetof", "anyof", "noneof", "size", "empty", "contains", "all", "in", "nin", "==", "type"])} ${random.pick(["['green','loose','x']", "['dark']", "[]", "2", "0", "true", "false", "'dark'", "@.tags", "'array'", "null"])}`,
    () =>
      `${random.pick(["@.name", "@.kind", "@.zz", "@.price"])} ${random.pick(["=~", "contains", "empty", "size", "type", "matches"])} ${random.pick(["/.*e.*/", "/EARL.*/i", "'a'", "true", "3", "'string'", "'number'", "/[/", '"B"', "/\\w+ \\d/"])}`,
  ];
  if (depth <= 0) return random.one(...plain);
  return random.one(
    ...plain,
    () => `${inner()}${random.pick([" && ", " || ", "&&", "||", " and ", " && ", " || "])}${inner()}`,
    () => `(${inner()})`,
    () => `!${random.pick(["", "("])}${inner()}${random.pick(["", ")"])}`,
    () => `!(${inner()})`,
  );
}

function jsonPath(random: Random): string {
  const start = random.pick(["$", "$", "$", "$", "$", "$", "$.", "", "@", "$..", " $", "shop"]);
  const steps = random.many(0, 4, () => step(random, 2)).join("");
  const end = random.one(
    () => "",
    () => "",
    () => "",
    () => `.${random.pick(FUNCTIONS)}`,
    () => random.pick([".", "..", "[", "]", " ", ".length()", "[*]", "~", "^", ")", "()"]),
  );
  const text = start + steps + end;
  if (!random.chance(0.08)) return text;
  const at = random.below(text.length);
  return (
    text.slice(0, at) +
    random.pick(["", " ", "'", "[", "]", "(", ")", ".", "\\", "?", "@", ","]) +
    text.slice(at + random.below(2))
  );
}

/** The path as a string literal of a template. */
function literal(random: Random, path: string): string {
  if (!path.includes("'") && random.chance(0.8)) return `'${path}'`;
  if (!path.includes('"')) return `"${path.replaceAll("$", "$")}"`;
  return `'${path.replaceAll("'", "''")}'`;
}

function use(random: Random, argument: string): string {
  const call = `$input.${random.pick(["json", "path"])}(${argument})`;
  return random.pick([
    call,
    call,
    call,
    `#set($r = ${call})[$!r]`,
    `#set($r = ${call})$r.size()|$r.class.name`,
    `#foreach($e in ${call})<$!e>#end`,
    `#set($r = ${call})#if($r)T#{else}F#end#if($r == '')E#end`,
  ]);
}

function generate(random: Random, body: string): FuzzInput {
  return { template: use(random, literal(random, jsonPath(random))), input: { body } };
}

export const jsonPathFamilies: readonly Family[] = [
  { name: "json-path", generate: (random) => generate(random, STORE) },
  {
    name: "json-path-on-store",
    generate: (random) => {
      const path = `$.shop.item${random.pick(["", "", "[*]", "[0]"])}[?(${filter(random, 2)})]${random.pick(["", ".name", ".price", "..tags", ".length()", "[0]", ".tags[0]"])}`;
      return { template: use(random, literal(random, path)), input: { body: STORE } };
    },
  },
  { name: "json-path-on-any", generate: (random) => generate(random, JSON.stringify(document(random, 4))) },
  {
    name: "json-path-function",
    generate: (random) => ({
      template: use(
        random,
        literal(
          random,
          `$${random.pick([".nums", ".shop.item", ".shop.item[*].price", ".mixed", ".nums[*]", "..price", ".shop", ".limit", ".zz", ".shop.item[0].tags", ".shop.cart", ".empty", ".shop.item[?(@.price)]", ".nums[0,1]", ".nums[1:]", ".shop.item[*].tags", ""])}.${random.pick(FUNCTIONS)}${random.pick(["", "", "", ".x", "[0]", ".length()"])}`,
        ),
      ),
      input: { body: STORE },
    }),
  },
  {
    name: "json-path-variable",
    generate: (random) => ({
      template: `#set($p = $input.path('$.p'))${use(random, "$p")}`,
      input: { body: JSON.stringify({ ...JSON.parse(STORE), p: jsonPath(random) }) },
    }),
  },
];
