import type { ReferenceNode, ReferenceStep } from "@/server/vtl/parser/syntax-tree";
import type { VtlInput } from "@/server/vtl/render-types";
import { type Access, combineOrigins, extendOrigin } from "@/server/vtl/trace/extend-origin";
import type { TraceOrigin } from "@/server/vtl/trace/trace-types";

/** What is known, while a template is rendered, about where values come from. */
export class KnownOrigins {
  /** Origins of variables the template has set, by name. */
  readonly variables = new Map<string, TraceOrigin>();
  /** Origins of members the template has set, by `variable.member`. */
  readonly members = new Map<string, TraceOrigin>();
  /** What arguments and indexes, and other watched expressions, evaluated to last. */
  readonly values = new Map<object, unknown>();

  constructor(private readonly input: VtlInput) {}

  /** A variable got another value: what was known of its members no longer holds. */
  setVariable(name: string, origin: TraceOrigin | undefined): void {
    if (origin === undefined) this.variables.delete(name);
    else this.variables.set(name, origin);
    for (const key of this.members.keys()) if (key.startsWith(`${name}.`)) this.members.delete(key);
  }

  /** Where a parameter of that name is taken from, in the order in which $input.params looks. */
  placeOf(name: string): "path" | "query" | "header" | null {
    const { path, query, headers } = this.input;
    if (Object.hasOwn(path, name)) return "path";
    if (Object.hasOwn(query, name)) return "query";
    return Object.hasOwn(headers, name) ? "header" : null;
  }

  /** The member a step leads to, as in `.name`, `[0]` or `.get('name')`. */
  accessOf(step: ReferenceStep | undefined): Access | null {
    if (step === undefined) return null;
    if (step.type === "identifier") return step.first.image;
    if (step.type === "index") return toAccess(this.values.get(step.index));
    const [argument, ...more] = step.args;
    if (argument === undefined || more.length > 0 || step.first.image !== "get") return null;
    return toAccess(this.values.get(argument));
  }
}

const toAccess = (value: unknown): Access | null =>
  typeof value === "string" || typeof value === "number" ? value : null;

type Start = { readonly origin: TraceOrigin; readonly taken: number };

/**
 * Where the value of a reference came from, to be asked right after it was evaluated. `pieces` are the origins of
 * what its calls were given.
 */
export function referenceOrigin(
  { node, root, text }: { readonly node: ReferenceNode; readonly root: string; readonly text: string },
  known: KnownOrigins,
  pieces: readonly TraceOrigin[],
): TraceOrigin {
  const { steps } = node;
  const start = startOf(root, steps, known);
  if (start === null) return combineOrigins(text, pieces);
  let { origin } = start;
  for (const step of steps.slice(start.taken)) {
    const access = known.accessOf(step);
    const next = access === null ? null : extendOrigin(origin, access);
    if (next === null) return combineOrigins(text, [origin, ...pieces]);
    origin = next;
  }
  return origin;
}

function startOf(root: string, steps: readonly ReferenceStep[], known: KnownOrigins): Start | null {
  const access = known.accessOf(steps[0]);
  const member = access === null ? undefined : known.members.get(`${root}.${access}`);
  if (member !== undefined) return { origin: member, taken: 1 };
  const variable = known.variables.get(root);
  if (variable !== undefined) return { origin: variable, taken: 0 };
  if (root === "context") return { origin: { kind: "context", name: "" }, taken: 0 };
  if (root === "stageVariables") return { origin: { kind: "stage-variable", name: null }, taken: 0 };
  return root === "input" ? inputOrigin(steps[0], known) : null;
}

function inputOrigin(step: ReferenceStep | undefined, known: KnownOrigins): Start | null {
  if (step === undefined || step.type === "index") return null;
  const name = step.first.image;
  const given = step.type === "method" ? step.args.map((arg) => known.values.get(arg)) : [];
  const [argument] = given;
  const start = (origin: TraceOrigin): Start => ({ origin, taken: 1 });
  if (name === "body" || name === "getBody")
    return start({ kind: "payload", form: "body", path: "$", within: "" });
  if (name === "params" && given.length === 0) return start({ kind: "parameter", place: null, name: null });
  if (typeof argument !== "string") return null;
  if (name === "params") return start({ kind: "parameter", place: known.placeOf(argument), name: argument });
  if (name !== "path" && name !== "json") return null;
  return start({ kind: "payload", form: name === "path" ? "value" : "json", path: argument, within: "" });
}
