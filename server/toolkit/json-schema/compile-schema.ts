import { compileEcmaRegex, EcmaRegexError } from "./ecma-regex";
import { isJsonObject, type JsonObject } from "./json-values";
import { keywords } from "./keywords";
import { type Check, type CheckRun, SchemaBudgetError, type SchemaScope } from "./schema-check";

export type SchemaProblem = { readonly path: readonly (string | number)[]; readonly message: string };

export type SchemaOptions = {
  /** The parsed document that a reference's part before "#" names; undefined if there is none. Nothing is fetched. */
  readonly document: (uri: string) => unknown;
  /** What is told of references that lead nowhere and patterns that cannot be checked. */
  readonly onProblem: (problem: SchemaProblem) => void;
  /** Comparisons that one check may take. */
  readonly maxSteps?: number;
  readonly maxDepth?: number;
};

/**
 * Compiles a JSON Schema of draft 4 into a function that gives null for a value that fits, else what is wrong, one text each.
 * As the validator does whose texts API Gateway shows: a value's members are looked at only if the value itself is right.
 * `$ref` may lead into this document (JSON pointer, or the `id` of a schema in it) or to one that `document` knows. A
 * changed base (`id` with a URL) is not followed.
 *
 * @throws SchemaBudgetError from the function: value and schema together would take too long
 */
export function compileSchema(schema: unknown, options: SchemaOptions): (value: unknown) => string[] | null {
  const { maxSteps = 1_000_000, maxDepth = 500 } = options;
  const check = new SchemaCompiler(options, maxDepth).compile({ root: schema, uri: "" }, schema, []);
  return (value) => {
    let left = maxSteps;
    const run: CheckRun = {
      spend(steps) {
        left -= steps;
        if (left < 0) throw new SchemaBudgetError(`more than ${maxSteps} comparisons`);
      },
      depth: 0,
    };
    const errors: string[] = [];
    check(value, errors, run);
    return errors.length === 0 ? null : errors;
  };
}

type Document = { readonly root: unknown; readonly uri: string };
type Path = readonly (string | number)[];

const ANYTHING: Check = () => undefined;

class SchemaCompiler {
  readonly #checks = new Map<unknown, { check: Check }>();
  readonly #anchors = new Map<unknown, ReadonlyMap<string, unknown>>();

  constructor(
    private readonly options: SchemaOptions,
    private readonly maxDepth: number,
  ) {}

  compile(document: Document, schema: unknown, path: Path): Check {
    if (!isJsonObject(schema)) {
      this.options.onProblem({ path, message: "a schema is an object" });
      return ANYTHING;
    }
    const known = this.#checks.get(schema);
    // Schemas may contain themselves: what is still being compiled is looked up when it is used.
    if (known) return (value, errors, run) => known.check(value, errors, run);
    const slot = { check: ANYTHING };
    this.#checks.set(schema, slot);
    slot.check = this.#bounded(
      typeof schema.$ref === "string"
        ? this.#compileReference(document, schema.$ref, path)
        : this.#compileKeywords(document, schema, path),
    );
    return slot.check;
  }

  /** One step each, and never deeper than JavaScript's own stack allows. */
  #bounded(check: Check): Check {
    const { maxDepth } = this;
    return (value, errors, run) => {
      run.spend(1);
      if (run.depth >= maxDepth)
        throw new SchemaBudgetError(`schemas within schemas, more than ${maxDepth} deep`);
      run.depth++;
      check(value, errors, run);
      run.depth--;
    };
  }

  #compileReference(document: Document, reference: string, path: Path): Check {
    const hash = reference.indexOf("#");
    const uri = hash === -1 ? reference : reference.slice(0, hash);
    const fragment = hash === -1 ? "" : reference.slice(hash + 1);
    const root = uri === "" || uri === document.uri ? document.root : this.options.document(uri);
    const target = root === undefined ? undefined : this.#find(root, fragment);
    if (target === undefined) {
      this.options.onProblem({
        path: [...path, "$ref"],
        message: `${reference} leads nowhere; nothing is fetched`,
      });
      return ANYTHING;
    }
    return this.compile({ root, uri: uri === "" ? document.uri : uri }, target, path);
  }

  #find(root: unknown, fragment: string): unknown {
    let pointer: string;
    try {
      pointer = decodeURIComponent(fragment);
    } catch {
      return undefined;
    }
    if (pointer === "") return root;
    if (!pointer.startsWith("/")) return this.#anchorsOf(root).get(pointer);
    let found: unknown = root;
    for (const part of pointer.slice(1).split("/")) {
      const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
      if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
      found = (found as JsonObject)[name];
    }
    return found;
  }

  /** Schemas of a document that have a name of their own: `"id": "#name"`. */
  #anchorsOf(root: unknown): ReadonlyMap<string, unknown> {
    const known = this.#anchors.get(root);
    if (known) return known;
    const anchors = new Map<string, unknown>();
    const visit = (node: unknown) => {
      if (Array.isArray(node)) node.forEach(visit);
      if (!isJsonObject(node)) return;
      if (typeof node.id === "string" && node.id.startsWith("#")) anchors.set(node.id.slice(1), node);
      for (const [name, child] of Object.entries(node)) if (name !== "enum") visit(child);
    };
    visit(root);
    this.#anchors.set(root, anchors);
    return anchors;
  }

  #compileKeywords(document: Document, schema: JsonObject, path: Path): Check {
    const scope: SchemaScope = {
      compile: (inner, ...more) => this.compile(document, inner, [...path, ...more]),
      regex: (pattern, ...more) => this.#regex(pattern, [...path, ...more]),
    };
    const checks: Check[] = [];
    for (const [name, keyword] of Object.entries(keywords)) {
      if (!Object.hasOwn(schema, name)) continue;
      const check = keyword(schema[name], schema, scope);
      if (check) checks.push(check);
    }
    const items = this.#compileItems(schema, scope);
    const members = this.#compileMembers(schema, scope);
    return (value, errors, run) => {
      const before = errors.length;
      for (const check of checks) check(value, errors, run);
      if (errors.length > before) return;
      if (Array.isArray(value)) items?.(value, errors, run);
      else if (isJsonObject(value)) members?.(value, errors, run);
    };
  }

  #compileItems({ items, additionalItems }: JsonObject, scope: SchemaScope) {
    const first = Array.isArray(items) ? items.map((item, index) => scope.compile(item, "items", index)) : [];
    const rest = Array.isArray(items)
      ? isJsonObject(additionalItems) && scope.compile(additionalItems, "additionalItems")
      : isJsonObject(items) && scope.compile(items, "items");
    if (first.length === 0 && !rest) return null;
    return (values: readonly unknown[], errors: string[], run: CheckRun) => {
      for (let i = 0; i < values.length; i++) (first[i] ?? (rest || ANYTHING))(values[i], errors, run);
    };
  }

  #compileMembers({ properties, patternProperties, additionalProperties }: JsonObject, scope: SchemaScope) {
    const named = new Map(
      Object.entries(isJsonObject(properties) ? properties : {}).map(([name, inner]) => [
        name,
        scope.compile(inner, "properties", name),
      ]),
    );
    const patterns = Object.entries(isJsonObject(patternProperties) ? patternProperties : {}).map(
      ([pattern, inner]) => ({
        matches: scope.regex(pattern, "patternProperties", pattern),
        check: scope.compile(inner, "patternProperties", pattern),
      }),
    );
    const others = isJsonObject(additionalProperties)
      ? scope.compile(additionalProperties, "additionalProperties")
      : null;
    if (named.size === 0 && patterns.length === 0 && !others) return null;
    return (object: JsonObject, errors: string[], run: CheckRun) => {
      for (const name of Object.keys(object).sort()) {
        const value = object[name];
        const check = named.get(name);
        let isKnown = check !== undefined;
        check?.(value, errors, run);
        for (const pattern of patterns) {
          if (!pattern.matches(name)) continue;
          isKnown = true;
          pattern.check(value, errors, run);
        }
        if (!isKnown) others?.(value, errors, run);
      }
    };
  }

  #regex(pattern: string, path: Path): (text: string) => boolean {
    try {
      return compileEcmaRegex(pattern);
    } catch (error) {
      if (!(error instanceof EcmaRegexError)) throw error;
      this.options.onProblem({ path, message: `the pattern cannot be checked: ${error.message}` });
      return () => false;
    }
  }
}
