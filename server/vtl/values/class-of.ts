import {
  JavaArray,
  JavaBigDecimal,
  JavaBigInteger,
  JavaDouble,
  JavaLong,
  JsonArray,
} from "@/server/toolkit/java/values";
import { booleanMethods } from "@/server/vtl/values/boolean-methods";
import { characterMethods } from "@/server/vtl/values/character-methods";
import {
  arrayListMethods,
  fixedListMethods,
  jsonArrayMethods,
  listMethods,
} from "@/server/vtl/values/collections/list-methods";
import {
  entryMethods,
  hashMapMethods,
  iteratorMethods,
  listIteratorMethods,
  mapMethods,
  viewMethods,
} from "@/server/vtl/values/collections/map-methods";
import { ForeachScope, foreachScopeMethods } from "@/server/vtl/values/foreach-scope";
import { type JavaClass, javaClass, methodTable } from "@/server/vtl/values/java-class";
import {
  arrayClassNames,
  JavaCharacter,
  JavaFloat,
  JavaIterator,
  JavaSmallInteger,
  MapEntry,
  MapView,
  SubList,
  TemplateObject,
  TypedArray,
} from "@/server/vtl/values/java-objects";
import { bigDecimalMethods } from "@/server/vtl/values/numbers/big-decimal-methods";
import { bigIntegerMethods } from "@/server/vtl/values/numbers/big-integer-methods";
import { doubleBitMethods, integerBitMethods, longBitMethods } from "@/server/vtl/values/numbers/bit-methods";
import {
  byteMethods,
  doubleMethods,
  floatMethods,
  integerMethods,
  longMethods,
  numberConversions,
  shortMethods,
} from "@/server/vtl/values/numbers/number-methods";
import { objectMethods } from "@/server/vtl/values/object-methods";
import { stringLayoutMethods } from "@/server/vtl/values/strings/string-layout-methods";
import { stringMethods } from "@/server/vtl/values/strings/string-methods";
import { stringStatics } from "@/server/vtl/values/strings/string-statics";

const stringClass = javaClass(
  "java.lang.String",
  "String",
  stringMethods,
  stringStatics,
  stringLayoutMethods,
  objectMethods,
);
const booleanClass = javaClass("java.lang.Boolean", "Boolean", booleanMethods, objectMethods);
const characterClass = javaClass("java.lang.Character", "Character", characterMethods, objectMethods);

const number = (name: string, ...own: Parameters<typeof methodTable>): JavaClass =>
  javaClass(name, name.slice(name.lastIndexOf(".") + 1), ...own, numberConversions, objectMethods);

const integerClass = number("java.lang.Integer", integerMethods, integerBitMethods);
const longClass = number("java.lang.Long", longMethods, longBitMethods);
const doubleClass = number("java.lang.Double", doubleMethods, doubleBitMethods);
const floatClass = number("java.lang.Float", floatMethods);
const shortClass = number("java.lang.Short", shortMethods);
const byteClass = number("java.lang.Byte", byteMethods);
const bigIntegerClass = number("java.math.BigInteger", bigIntegerMethods);
const bigDecimalClass = number("java.math.BigDecimal", bigDecimalMethods);

const arrayListClass = javaClass(
  "java.util.ArrayList",
  "ArrayList",
  arrayListMethods,
  listMethods,
  objectMethods,
);
const jsonArrayClass = javaClass(
  "net.minidev.json.JSONArray",
  "JSONArray",
  jsonArrayMethods,
  arrayListMethods,
  listMethods,
  objectMethods,
);
const subListClass = javaClass("java.util.ArrayList$SubList", "SubList", listMethods, objectMethods);
const fixedSubListClass = javaClass(
  "java.util.AbstractList$SubList",
  "SubList",
  fixedListMethods,
  objectMethods,
);
const mapClass = javaClass(
  "java.util.LinkedHashMap",
  "LinkedHashMap",
  hashMapMethods,
  mapMethods,
  objectMethods,
);
const scopeClass = javaClass(
  "org.apache.velocity.runtime.directive.ForeachScope",
  "Scope",
  foreachScopeMethods,
  mapMethods,
  objectMethods,
);
const entryClass = javaClass("java.util.LinkedHashMap$Entry", "Entry", entryMethods, objectMethods);
const iteratorClasses = new Map<string, JavaClass>();

/** Iterators differ in nothing but their classes' names. */
function iteratorClassOf(name: string): JavaClass {
  const known = iteratorClasses.get(name);
  if (known !== undefined) return known;
  const made = javaClass(name, "Iterator", iteratorMethods, objectMethods);
  iteratorClasses.set(name, made);
  return made;
}
const listIteratorClasses = new Map(
  [
    "java.util.ArrayList$ListItr",
    "java.util.ArrayList$SubList$1",
    "java.util.AbstractList$SubList$1",
    "java.util.AbstractList$ListItr",
  ].map((name) => [
    name,
    javaClass(name, "ListIterator", iteratorMethods, listIteratorMethods, objectMethods),
  ]),
);

const viewClasses = {
  keys: javaClass("java.util.LinkedHashMap$LinkedKeySet", "Set", viewMethods, objectMethods),
  values: javaClass("java.util.LinkedHashMap$LinkedValues", "Values", viewMethods, objectMethods),
  entries: javaClass("java.util.LinkedHashMap$LinkedEntrySet", "Set", viewMethods, objectMethods),
};

const wrappedArray = methodTable(fixedListMethods, objectMethods);
const arrayClasses = new Map(
  Object.entries(arrayClassNames).map(([component, name]): [string, JavaClass] => [
    component,
    { name, type: `${component}[]`, methods: methodTable(objectMethods), wrapped: wrappedArray },
  ]),
);
const objectArrayClass = arrayClasses.get("Object") as JavaClass;
const nothingClass = javaClass("java.lang.Object", "Object", objectMethods);

/** The Java class of a value other than null: what it is called and which methods a template can call on it. */
export function javaClassOf(value: unknown): JavaClass {
  switch (typeof value) {
    case "string":
      return stringClass;
    case "number":
      return integerClass;
    case "boolean":
      return booleanClass;
    case "object":
      return value === null ? nothingClass : classOfObject(value);
    default:
      return nothingClass;
  }
}

function classOfObject(value: object): JavaClass {
  if (value instanceof Map) return value instanceof ForeachScope ? scopeClass : mapClass;
  if (Array.isArray(value)) return classOfList(value);
  if (value instanceof TemplateObject) return value.javaClass;
  if (value instanceof JavaLong) return longClass;
  if (value instanceof JavaDouble) return doubleClass;
  if (value instanceof JavaBigInteger) return bigIntegerClass;
  if (value instanceof JavaBigDecimal) return bigDecimalClass;
  if (value instanceof MapView) return viewClasses[value.part];
  if (value instanceof MapEntry) return entryClass;
  if (value instanceof JavaIterator) {
    return listIteratorClasses.get(value.className) ?? iteratorClassOf(value.className);
  }
  if (value instanceof JavaCharacter) return characterClass;
  if (value instanceof JavaFloat) return floatClass;
  if (value instanceof JavaSmallInteger) return value.type === "byte" ? byteClass : shortClass;
  return nothingClass;
}

function classOfList(value: unknown[]): JavaClass {
  if (value instanceof JsonArray) return jsonArrayClass;
  if (value instanceof TypedArray) return arrayClasses.get(value.component) ?? objectArrayClass;
  if (value instanceof JavaArray) return objectArrayClass;
  if (!(value instanceof SubList)) return arrayListClass;
  return value.isFixed ? fixedSubListClass : subListClass;
}

/** Whether one value's class is the other's or extends it: only then does == use equals(). */
export function classesRelated(a: JavaClass, b: JavaClass): boolean {
  return (
    a === b ||
    (a === arrayListClass && b === jsonArrayClass) ||
    (a === jsonArrayClass && b === arrayListClass)
  );
}
