import { type KnownType, typeOfCall, typeOfJson, UNKNOWN } from "@/server/vtl/completion/known-type";
import { plainPath, sampleValue, type TemplateSurroundings } from "@/server/vtl/completion/surroundings";

/** A reference's text without `$`, `!` and braces, in parts: `input`, `.path('$.a')`, `[0]`, `.name`. */
const PART = /\.?([A-Za-z_][\w-]*)(\((?:[^()'"]|'[^']*'|"[^"]*"|\([^()]*\))*\))?|\[([^\]]*)\]/y;

type Part = { name: string; argument: string | null; isIndex: boolean };

/** The parts of a reference; null if it is more than names, calls and indexes. */
export function partsOf(text: string): Part[] | null {
  const parts: Part[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (!match) return null;
    const [, name, call, index] = match;
    if (index !== undefined) parts.push({ name: unquoted(index.trim()), argument: null, isIndex: true });
    else
      parts.push({ name: name as string, argument: call ? call.slice(1, -1).trim() : null, isIndex: false });
  }
  return parts;
}

const unquoted = (text: string) => text.replace(/^(['"])(.*)\1$/s, "$2");

/** Tells types in a template that may be half written, from the text before the cursor. */
export class ExpressionTypes {
  private depth = 0;

  constructor(
    private readonly before: string,
    private readonly surroundings: TemplateSurroundings,
  ) {}

  /** The type of an expression's text: a literal or a reference; anything else is unknown. */
  of(expression: string): KnownType {
    const text = expression.trim();
    if (/^(?:'[^']*'|"[^"$#]*")$/.test(text)) return { kind: "text", sample: text.slice(1, -1) };
    if (/^-?\d+(?:\.\d+)?$/.test(text)) return { kind: "number" };
    if (text === "true" || text === "false") return { kind: "boolean" };
    if (/^\[.*\]$/s.test(text)) return { kind: "list" };
    if (/^\{.*\}$/s.test(text)) return { kind: "map" };
    const reference = /^\$!?(?:\{(.*)\}|(.*))$/s.exec(text);
    return reference ? this.ofReference(reference[1] ?? (reference[2] as string)) : UNKNOWN;
  }

  /** The type of a reference, without its `$`. */
  ofReference(text: string): KnownType {
    const parts = partsOf(text);
    const [root, ...steps] = parts ?? [];
    if (!root || this.depth > 20) return UNKNOWN;
    this.depth++;
    try {
      const [first, ...rest] = steps;
      if (root.name === "input" && first) return rest.reduce(stepInto, this.ofInput(first));
      if (root.name === "util" && first) {
        const start: KnownType = first.name === "parseJson" ? UNKNOWN : { kind: "text" };
        return rest.reduce(stepInto, start);
      }
      if (root.name === "stageVariables")
        return first ? rest.reduce(stepInto, { kind: "text" }) : { kind: "map" };
      if (root.name === "context") return UNKNOWN;
      if (root.name === "foreach") return steps.reduce(stepInto, { kind: "round" });
      return steps.reduce(stepInto, this.ofVariable(root.name));
    } finally {
      this.depth--;
    }
  }

  private ofInput({ name, argument }: Part): KnownType {
    if (name === "body" || name === "json") return { kind: "text" };
    if (name === "params") return argument === "" ? { kind: "map", sample: PARAMETERS } : { kind: "text" };
    if (name !== "path" || argument === null) return UNKNOWN;
    return typeOfJson(plainPath(sampleValue(this.surroundings), unquoted(argument)));
  }

  /** By what gave the variable its value last, before the cursor. */
  private ofVariable(name: string): KnownType {
    const escaped = name.replace(/[-]/g, "\\-");
    const giver = new RegExp(
      `#\\{?(?:set\\}?\\s*\\(\\s*\\$${escaped}\\s*=([^\\n]*)|foreach\\}?\\s*\\(\\s*\\$!?\\{?${escaped}\\}?\\s+in\\s+([^\\n]*))`,
      "g",
    );
    let type: KnownType = UNKNOWN;
    for (const match of this.before.matchAll(giver)) {
      const [, value, list] = match;
      if (value !== undefined) type = this.of(upToClosing(value));
      else {
        const over = this.of(upToClosing(list as string));
        const { kind } = over;
        if (kind === "list") type = over.sample ? typeOfJson(over.sample[0]) : UNKNOWN;
        else if (kind === "map") type = typeOfJson(Object.values(over.sample ?? {})[0]);
        else type = UNKNOWN;
      }
    }
    return type;
  }
}

const PARAMETERS = { path: {}, querystring: {}, header: {} };

/** The text up to the parenthesis that closes the directive. */
function upToClosing(text: string): string {
  let depth = 0;
  let quote = "";
  for (const [at, ch] of Array.from(text).entries()) {
    if (quote) quote = ch === quote ? "" : quote;
    else if (ch === '"' || ch === "'") quote = ch;
    else if (ch === "(") depth++;
    else if (ch === ")" && depth-- === 0) return Array.from(text).slice(0, at).join("");
  }
  return text;
}

function stepInto(type: KnownType, { name, argument, isIndex }: Part): KnownType {
  const { kind } = type;
  if (kind === "list" && type.sample) {
    const index = isIndex ? name : argument;
    if ((isIndex || name === "get") && /^\d+$/.test(index ?? ""))
      return typeOfJson(type.sample[Number(index)]);
  }
  if (kind === "map") {
    const key = name === "get" && argument !== null ? unquoted(argument) : argument === null ? name : null;
    if (key !== null && type.sample && Object.hasOwn(type.sample, key)) return typeOfJson(type.sample[key]);
    if (argument === null) return UNKNOWN;
  }
  if (argument !== null) return typeOfCall(type, name);
  if (kind !== "round") return UNKNOWN;
  if (name === "parent" || name === "topmost") return type;
  return typeOfCall(type, `get${name.slice(0, 1).toUpperCase()}${name.slice(1)}`);
}
