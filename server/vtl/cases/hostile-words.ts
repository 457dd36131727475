import {
  JavaBigDecimal,
  JavaBigInteger,
  JavaDouble,
  JavaLong,
  JsonArray,
} from "@/server/toolkit/java/values";
import { inputMembers } from "@/server/vtl/bindings/input/input-members";
import { utilMembers } from "@/server/vtl/bindings/util/util-members";
import { javaClassOf } from "@/server/vtl/values/class-of";
import { listIterator } from "@/server/vtl/values/collections/collection-support";
import { JavaStream } from "@/server/vtl/values/collections/java-stream";
import { type JavaMethod, methodTable } from "@/server/vtl/values/java-class";
import {
  JavaCharacter,
  JavaFloat,
  JavaSmallInteger,
  MapEntry,
  MapView,
  TypedArray,
} from "@/server/vtl/values/java-objects";

const map = new Map<unknown, unknown>([["k", 1]]);
const examples: readonly unknown[] = [
  ...["text", 1, true, [1], map, new JsonArray(), new JavaLong(1n), new JavaDouble(1.5), new JavaFloat(1)],
  ...[
    new JavaBigInteger(1n),
    new JavaBigDecimal(1n, 1),
    new JavaCharacter("c"),
    new JavaSmallInteger("byte", 1),
  ],
  ...[new MapView(map, "keys"), new MapView(map, "entries"), new MapEntry(map, "k"), new JavaStream([1])],
  ...[TypedArray.containing([1], "Object"), listIterator([1], "java.util.ArrayList$ListItr")],
];

/** Every method that a template may call, of whatever class. */
export const methods: readonly JavaMethod[] = [
  ...examples.flatMap((value) => {
    const { methods: own, wrapped } = javaClassOf(value);
    return [...own.values(), ...(wrapped?.values() ?? [])].flat();
  }),
  ...[...methodTable([...inputMembers, ...utilMembers].map((member) => member.method)).values()].flat(),
];

/** Names that mean something to JavaScript or to its hosts. */
export const internalNames: readonly string[] = [
  ...["__proto__", "constructor", "prototype", "toString", "valueOf", "toJSON", "hasOwnProperty", "then"],
  ...["__defineGetter__", "__defineSetter__", "__lookupGetter__", "isPrototypeOf", "propertyIsEnumerable"],
  ...["length", "name", "caller", "arguments", "call", "apply", "bind", "Symbol.iterator", "@@iterator"],
  ...["globalThis", "process", "require", "eval", "Function", "import", "window", "self", "canary"],
  ...["class", "Class", "classLoader", "declaredMethods", "getClass", "forName", "newInstance", "runtime"],
];

/** Members that templates ask for, with and without success. */
export const members: readonly string[] = [
  ...["a", "b", "k", "host", "stage", "identity", "requestOverride", "responseOverride", "header", "status"],
  ...["index", "count", "hasNext", "parent", "info", "topmost", "empty", "body", "size", "key", "value"],
];

export const variables: readonly string[] = ["a", "b", "l", "m", "s", "n", "j", "d", "i"];
export const roots: readonly string[] = ["input", "util", "context", "stageVariables", "foreach"];

export const texts: readonly string[] = [
  ...["", "a", "k", "x y", "é\\u0000", "$a", "%s", "%1$999d", "%,.40f", "%-9h", "1e9", "-0", "0x1F", "NaN"],
  ...["(a|b)*c", "(x+x+)+y", "a{900}", "[a-z&&[^b]]", "(?i)A", "$1", "\\\\", "a(.*b)?", "^|$", "(", ""],
  ...["$", "$.a", "$..*", "$..a", "$[*]", "$[0,0,0]", "$[-1:]", "$.k.keys()", "$..[?(@.a == $.b)]"],
  ...["$[?(@ =~ /(a|b)*c/)]", "$.l.sum()", "$.concat($.l)", "$['__proto__']", "$.constructor", "@.length()"],
  ...['{"a":[1,{"b":null}]}', '{"__proto__":{"x":1}}', "[[[[]]]]", "[1e400]", "{", "%41%zz", "aGk=", "+"],
];

export const numbers: readonly string[] = [
  ...["0", "1", "2", "-1", "7", "64", "1000", "20000", "2147483647", "-2147483648", "9223372036854775807"],
  ...["12345678901234567890", "1.5", "-0.0", "1.0e308", "1.0e-320"],
];

export const bodies: readonly (string | null)[] = [
  null,
  "",
  '{"a":{"b":[1,2,{"c":"x"}]},"l":[3,1,2],"k":{"a":1},"s":"text"}',
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"toString":"t","valueOf":null}',
  '{"b":1.23456789012345678901e99999,"n":12345678901234567890,"d":1e400,"l":[-1e-400,0.1]}',
  JSON.stringify({ l: Array.from({ length: 300 }, (_, i) => ({ a: i, b: `s${i}`, k: [i] })) }),
  `${"[".repeat(300)}${"]".repeat(300)}`,
  `"${"ab".repeat(20_000)}"`,
  "a=b&c=d",
];
