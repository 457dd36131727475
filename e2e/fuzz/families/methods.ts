import {
  JavaBigDecimal,
  JavaBigInteger,
  JavaDouble,
  JavaLong,
  JsonArray,
} from "@/server/toolkit/java/values";
import { javaClassOf } from "@/server/vtl/values/class-of";
import type { JavaMethod } from "@/server/vtl/values/java-class";
import {
  JavaCharacter,
  JavaFloat,
  JavaSmallInteger,
  MapEntry,
  MapView,
  SubList,
  TypedArray,
} from "@/server/vtl/values/java-objects";
import type { Family } from "../fuzz-case";
import type { Random } from "../random";
import { value, withSetups } from "../values";

const map = new Map();

/** A value of each class, and the variables of the pool (or expressions) that hold one. */
const RECEIVERS: readonly (readonly [kind: string, sample: unknown, variables: readonly string[]])[] = [
  ["string", "", ["$s", "$e", "$w", "$num", "$j.str", "$input.body", "$context.stage"]],
  ["integer", 1, ["$n", "$z", "$neg", "$j.i"]],
  ["long", new JavaLong(1n), ["$L"]],
  ["double", new JavaDouble(1), ["$d", "$dz", "$inf", "$nan", "$j.f"]],
  ["big-integer", new JavaBigInteger(1n), ["$B", "$j.big", "$big"]],
  ["big-decimal", Object.create(JavaBigDecimal.prototype), ["$D", "$dec", "$j.dec", "$j.tiny", "$j.huge"]],
  ["boolean", true, ["$t", "$f", "$j.t"]],
  ["character", new JavaCharacter("a"), ["$c"]],
  ["float", new JavaFloat(1), ["$fl"]],
  ["byte", new JavaSmallInteger("byte", 1), ["$by"]],
  ["short", new JavaSmallInteger("short", 1), ["$sh"]],
  ["list", [], ["$l", "$le"]],
  ["json-array", new JsonArray(), ["$j.arr", "$j.items", "$input.path('$.items[*].id')"]],
  ["sub-list", new SubList(), ["$sl"]],
  ["array", TypedArray.containing([], "String"), ["$a", "$ca"]],
  ["map", map, ["$m", "$me", "$j.o", "$j", "$context", "$stageVariables", "$input.params()"]],
  ["view", new MapView(map, "keys"), ["$ks", "$vs", "$es"]],
  ["entry", new MapEntry(map, 1), ["$en"]],
];

const RARE = ["$it", "$li", "$st", "$u", "$def", "$input", "$util", "$s.class", "$n.class", "$l.class"];
const RARE_NAMES = [
  "next",
  "hasNext",
  "remove",
  "previous",
  "hasPrevious",
  "nextIndex",
  "set",
  "add",
  "count",
  "toList",
  "sorted",
  "limit",
  "skip",
  "findFirst",
  "isPresent",
  "get",
  "path",
  "json",
  "params",
  "getBody",
  "escapeJavaScript",
  "parseJson",
  "urlEncode",
  "urlDecode",
  "base64Encode",
  "base64Decode",
  "getClass",
  "forName",
  "valueOf",
  "wait",
  "notify",
  "parseInt",
  "format",
  "join",
];

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  int: [
    "0",
    "1",
    "-1",
    "2",
    "3",
    "5",
    "100",
    "16",
    "$n",
    "$z",
    "$neg",
    "8",
    "10",
    "36",
    "31",
    "32",
    "2147483647",
  ],
  long: ["0", "1", "-1", "$L", "5", "3000000000", "9223372036854775807", "$n"],
  double: ["0.5", "1.5", "-2.5", "$d", "$nan", "$inf", "0.0", "1", "$fl"],
  float: ["$fl", "0.5", "1"],
  char: ["$c", "'a'", "97"],
  boolean: ["true", "false", "$t", "$f"],
  String: [
    "'a'",
    '""',
    "'b'",
    "$s",
    "$e",
    "$w",
    "$num",
    "'-'",
    "','",
    "'AbC'",
    "'12'",
    "'1'",
    "'pad'",
    "' '",
    "'é'",
    "'k'",
    "'1.5'",
    "'-7'",
    "'zz'",
    "'ff'",
    "'%s'",
    "'true'",
  ],
  CharSequence: ["'a'", '""', "'b'", "$s", "'-'", "'12'", "$e"],
  Collection: ["$l", "$le", "$sl", "$ks", "$vs", "$j.arr", "[1,2]", "['b']", "[]", "$m.keySet()"],
  Map: ["$m", "$me", "{'z':1}", "$j.o", "{}"],
  BigDecimal: ["$D", "$dec", "$j.huge", "$j.tiny", "$u"],
  BigInteger: ["$B", "$big", "$j.big", "9223372036854775809", "$u"],
  Comparator: ["$u", "null", "$n"],
};

const classes = RECEIVERS.map(([kind, sample, variables]) => {
  const { methods, wrapped } = javaClassOf(sample);
  return { kind, variables, methods: [...methods.values(), ...(wrapped?.values() ?? [])].flat() };
});
const everyName = [...new Set(classes.flatMap(({ methods }) => methods.map(({ name }) => name)))];

function argument(random: Random, type: string): string {
  const known = ARGUMENTS[type.replace("[]", "").replace("Integer", "int")];
  if (known === undefined || random.chance(0.12)) return random.chance(0.05) ? "null" : value(random);
  return random.pick(known);
}

function call(random: Random, method: JavaMethod): string {
  const types = [...method.parameters];
  if (random.chance(0.06)) types.pop();
  if (random.chance(0.06)) types.push("Object");
  const last = types.at(-1);
  if (last?.endsWith("[]") && random.chance(0.7)) {
    types.pop();
    types.push(...random.many(0, 3, () => last.slice(0, -2)));
  }
  return `${method.name}(${types.map((type) => argument(random, type)).join(", ")})`;
}

function anyCall(random: Random): string {
  const name = random.chance(0.3) ? random.pick(RARE_NAMES) : random.pick(everyName);
  return `${name}(${random.many(0, 2, () => value(random)).join(", ")})`;
}

/** One or several calls on one object, which is printed last: it may have changed. */
function calls(random: Random, receiver: string, make: () => string): string {
  const one = (): string => `${receiver}.${make()}`;
  return random.one(
    () => `[${one()}]`,
    () => `[${one()}]`,
    () => `[${one()}][${one()}]${receiver}`,
    () => `#set($r = ${one()})[$!r]#set($q = "$!r.class.name")$q`,
    () => `[${one()}.${anyCall(random)}]`,
    () =>
      `[${one()}.${random.pick(["toString()", "size()", "length()", "class.name", "hashCode()", "get(0)", "isEmpty()", "equals($s)", "intValue()", "iterator().next()"])}]`,
    () => `#foreach($i in ${one()})<$i>#end`,
    () => `#if(${one()} == ${value(random, 0)})T#{else}F#end`,
  );
}

export const methodFamilies: readonly Family[] = [
  ...classes.map(
    ({ kind, variables, methods }): Family => ({
      name: `methods-${kind}`,
      generate: (random) =>
        withSetups(calls(random, random.pick(variables), () => call(random, random.pick(methods)))),
    }),
  ),
  {
    name: "methods-any",
    generate: (random) => {
      const receiver = random.chance(0.3) ? random.pick(RARE) : random.pick(random.pick(classes).variables);
      return withSetups(calls(random, receiver, () => anyCall(random)));
    },
  },
];
