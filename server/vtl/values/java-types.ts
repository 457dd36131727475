/** Types a method's signature can name, with the types each is assignable to (itself and Object left out). */
const supertypes: Readonly<Record<string, readonly string[]>> = {
  String: ["CharSequence", "Comparable", "Serializable", "Constable"],
  Integer: ["Number", "Comparable", "Serializable", "Constable"],
  Long: ["Number", "Comparable", "Serializable", "Constable"],
  Double: ["Number", "Comparable", "Serializable", "Constable"],
  Float: ["Number", "Comparable", "Serializable", "Constable"],
  Short: ["Number", "Comparable", "Serializable"],
  Byte: ["Number", "Comparable", "Serializable"],
  BigInteger: ["Number", "Comparable", "Serializable"],
  BigDecimal: ["Number", "Comparable", "Serializable"],
  Number: ["Serializable"],
  Boolean: ["Comparable", "Serializable"],
  Character: ["Comparable", "Serializable"],
  ArrayList: ["List", "Collection", "Iterable", "Serializable"],
  JSONArray: ["ArrayList", "List", "Collection", "Iterable", "Serializable"],
  SubList: ["List", "Collection", "Iterable"],
  List: ["Collection", "Iterable"],
  Set: ["Collection", "Iterable"],
  Collection: ["Iterable"],
  Values: ["Collection", "Iterable"],
  LinkedHashMap: ["HashMap", "Map", "Serializable"],
  HashMap: ["Map"],
  Entry: [],
  Iterator: [],
  ListIterator: ["Iterator"],
};

const primitives = new Set(["boolean", "char", "byte", "short", "int", "long", "float", "double"]);

export function isPrimitive(type: string): boolean {
  return primitives.has(type);
}

export function isArrayType(type: string): boolean {
  return type.endsWith("[]");
}

export function isAssignable(to: string, from: string): boolean {
  if (to === from) return true;
  if (isPrimitive(from) || isPrimitive(to)) return false;
  if (to === "Object") return true;
  if (isArrayType(to) && isArrayType(from)) return isAssignable(to.slice(0, -2), from.slice(0, -2));
  return supertypes[from]?.includes(to) ?? false;
}

const boxed: Readonly<Record<string, string>> = {
  boolean: "Boolean",
  char: "Character",
  byte: "Byte",
  short: "Short",
  int: "Integer",
  long: "Long",
  float: "Float",
  double: "Double",
};

export function boxedName(type: string): string {
  return boxed[type] ?? type;
}

/** Number types in order of width: a primitive parameter takes its own box and the narrower ones. */
const widths = ["Byte", "Short", "Integer", "Long", "Float", "Double"];

function widens(primitive: string, box: string): boolean {
  const own = boxedName(primitive);
  if (own === box) return true;
  const width = widths.indexOf(own);
  const from = widths.indexOf(box);
  return width >= 0 && from >= 0 && from < width;
}

/** Whether an argument of a class (null for the null value) can be passed to a parameter. */
export function accepts(parameter: string, argument: string | null, variable: boolean): boolean {
  if (argument === null) {
    if (!isPrimitive(parameter)) return true;
  } else {
    if (isPrimitive(parameter) ? widens(parameter, argument) : isAssignable(parameter, argument)) return true;
  }
  if (!variable || !isArrayType(parameter) || argument === null) return false;
  const component = isArrayType(argument) ? argument.slice(0, -2) : argument;
  return accepts(parameter.slice(0, -2), component, false);
}

/** Whether a parameter type could be passed on to a parameter of another type: decides which is more specific. */
export function passesTo(parameter: string, from: string, variable: boolean): boolean {
  if (isAssignable(parameter, from)) return true;
  if (isPrimitive(parameter) && isPrimitive(from)) {
    return (
      parameter !== "boolean" && from !== "boolean" && from !== "char" && widens(parameter, boxedName(from))
    );
  }
  if (!variable || !isArrayType(parameter)) return false;
  const component = isArrayType(from) ? from.slice(0, -2) : from;
  return passesTo(parameter.slice(0, -2), component, false);
}
