import { JavaSet, JsonArray } from "@/server/toolkit/java/values";
import { JsonPathError, readJsonPath } from "@/server/toolkit/jsonpath/compile-json-path";
import { described } from "@/server/vtl/bindings/binding-entry";
import { inputMembers } from "@/server/vtl/bindings/input/input-members";
import { mapFromRecord } from "@/server/vtl/bindings/map-from-record";
import { parsePayload } from "@/server/vtl/bindings/payload";
import type { VtlInput } from "@/server/vtl/render-types";
import type { Budget } from "@/server/vtl/values/budget";
import { type CallEnvironment, javaClass } from "@/server/vtl/values/java-class";
import { JavaException } from "@/server/vtl/values/java-exception";
import { MapView, TemplateObject } from "@/server/vtl/values/java-objects";
import { jsonText } from "@/server/vtl/values/json-text";
import { objectMethods } from "@/server/vtl/values/object-methods";

const inputClass = javaClass("oracle.Vars$Input", "Input", described(inputMembers), objectMethods);

/** `$input`. The payload is parsed at its first use, and once: what a template changes in it stays changed. */
export class InputBinding extends TemplateObject {
  readonly javaClass = inputClass;
  private document: unknown;
  private parsed = false;
  private groups: Map<unknown, unknown> | null = null;

  constructor(private readonly input: VtlInput) {
    super();
  }

  toText(): string {
    return "{}";
  }

  /** The payload as it came; `{}` where there is none. */
  get body(): string {
    return this.input.body === null || this.input.body === "" ? "{}" : this.input.body;
  }

  path(path: string | null, env: CallEnvironment): unknown {
    return this.read(path, env).value;
  }

  json(path: string | null, env: CallEnvironment): string {
    const { found, value } = this.read(path, env);
    if (!found) return '""';
    return jsonText(value, { escapeSlash: false, toText: (other) => env.toText(other) }, env.budget);
  }

  params(): Map<unknown, unknown> {
    this.groups ??= new Map<unknown, unknown>([
      ["path", mapFromRecord(this.input.path)],
      ["querystring", mapFromRecord(this.input.query)],
      ["header", mapFromRecord(this.input.headers)],
    ]);
    return this.groups;
  }

  /** The parameter of that name in the path, else the query string, else the headers; else the empty string. */
  param(name: string | null): unknown {
    if (this.groups === null) {
      if (name === null) return "";
      const { path, query, headers } = this.input;
      for (const group of [path, query, headers]) if (Object.hasOwn(group, name)) return group[name];
      return "";
    }
    for (const group of this.groups.values()) {
      if (group instanceof Map && group.has(name)) return group.get(name);
    }
    return "";
  }

  private read(path: string | null, { budget }: CallEnvironment): { found: boolean; value: unknown } {
    if (!this.parsed) {
      this.document = parsePayload(this.body, budget);
      this.parsed = true;
    }
    return readPath(this.document, path, budget);
  }
}

/** The function keys() gives the live keys of an object. */
function withViews(value: unknown, path: string): unknown {
  if (!path.includes("keys(")) return value;
  if (value instanceof JsonArray) return JsonArray.fromList(value.map(asView));
  return asView(value);
}

const asView = (value: unknown): unknown =>
  value instanceof JavaSet ? new MapView(value.source, "keys") : value;

function readPath(
  document: unknown,
  path: string | null,
  budget: Budget,
): { found: boolean; value: unknown } {
  if (path === null || path === "") {
    if (document === null) return { found: false, value: null };
    throw new JavaException("java.lang.IllegalArgumentException", "json can not be null or empty");
  }
  try {
    const { definite, found, value } = readJsonPath(document, path, budget);
    if (found && !definite && Array.isArray(value)) budget.hold(value.length * 8);
    return { found, value: found ? withViews(value ?? null, path) : null };
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new JavaException("com.jayway.jsonpath.InvalidPathException", error.message);
  }
}
