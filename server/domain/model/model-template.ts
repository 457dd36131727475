type Schema = { readonly [name: string]: unknown };

const MAX_DEPTH = 12;
const MAX_VALUES = 2_000;

/**
 * The mapping template that AWS generates from a model: its structure, with a place holder for every value ("foo", 42,
 * true) and a loop for every array. `schema` is JSON Schema as text with its references to other models resolved
 * (flattenModel); what is no JSON gives a template that only reads the body. Source: GetModelTemplate.
 */
export function modelTemplate(schema: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(schema);
  } catch {
    parsed = {};
  }
  const budget = { left: MAX_VALUES };
  const value = exampleOf(parsed, { root: asSchema(parsed), indent: "", depth: 0, refs: [], budget });
  return `#set($inputRoot = $input.path('$'))\n${value}`;
}

type Place = {
  root: Schema;
  indent: string;
  depth: number;
  /** References that are being followed: a model in itself ends there. */
  refs: readonly string[];
  budget: { left: number };
};

function exampleOf(node: unknown, outer: Place): string {
  const { $ref } = asSchema(node);
  const isAgain = typeof $ref === "string" && outer.refs.includes($ref);
  if (isAgain || outer.depth > MAX_DEPTH || outer.budget.left-- <= 0) return "null";
  const place = typeof $ref === "string" ? { ...outer, refs: [...outer.refs, $ref] } : outer;
  const schema = resolve(asSchema(node), place.root);
  switch (typeOf(schema)) {
    case "object":
      return objectOf(schema, place);
    case "array":
      return arrayOf(schema, place);
    case "integer":
    case "number":
      return "42";
    case "boolean":
      return "true";
    case "null":
      return "null";
    default:
      return '"foo"';
  }
}

function objectOf(schema: Schema, { indent, depth, ...place }: Place): string {
  const inner = `${indent}  `;
  const members = Object.entries(asSchema(schema.properties)).map(
    ([name, node]) =>
      `${inner}${templateText(name)} : ${exampleOf(node, { ...place, indent: inner, depth: depth + 1 })}`,
  );
  return members.length === 0 ? "{ }" : `{\n${members.join(",\n")}\n${indent}}`;
}

function arrayOf(schema: Schema, { indent, depth, ...place }: Place): string {
  const inner = `${indent}  `;
  const items = Array.isArray(schema.items) ? schema.items[0] : schema.items;
  const value = exampleOf(items, { ...place, indent: inner, depth: depth + 1 });
  return [
    "[",
    "##TODO: Update this foreach loop to reference array from input json",
    "#foreach($elem in $inputRoot)",
    `${inner}${value}#if($foreach.hasNext),#end`,
    "",
    "#end",
    `${indent}]`,
  ].join("\n");
}

/** A name as JSON text in which VTL finds nothing of its own. */
function templateText(name: string): string {
  return JSON.stringify(name).replaceAll("#", "\\u0023").replaceAll("$", "\\u0024");
}

function typeOf(schema: Schema): string {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const type = types.find((one) => one !== "null") ?? types[0];
  if (typeof type === "string") return type;
  if (schema.items !== undefined) return "array";
  return schema.properties === undefined && Object.keys(schema).length > 0 ? "string" : "object";
}

/** Follows a reference inside of the document and takes together what `allOf` has. */
function resolve(schema: Schema, root: Schema, hops = 0): Schema {
  if (hops > MAX_DEPTH) return {};
  if (typeof schema.$ref === "string" && schema.$ref.startsWith("#/")) {
    const steps = schema.$ref
      .slice(2)
      .split("/")
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const target = steps.reduce<unknown>((at, step) => asSchema(at)[step], root);
    return resolve(asSchema(target), root, hops + 1);
  }
  if (!Array.isArray(schema.allOf)) return schema;
  const parts = schema.allOf.map((part) => resolve(asSchema(part), root, hops + 1));
  const properties = Object.assign({}, ...[...parts, schema].map((part) => asSchema(part.properties)));
  return Object.assign({}, ...parts, schema, { allOf: undefined, properties });
}

function asSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}
