import { vtlCatalogue } from "@/server/vtl/catalogue";
import { ExpressionTypes } from "@/server/vtl/completion/expression-type";
import {
  plainPath,
  sampleValue,
  shortText,
  type TemplateSurroundings,
} from "@/server/vtl/completion/surroundings";

/** What stands at a place: offsets, a line of code, and words about it. */
export type VtlDescription = {
  readonly start: number;
  readonly end: number;
  readonly signature: string;
  readonly documentation: string;
  /** What it is on the sample, if that is known. */
  readonly sample?: string;
};

const SYMBOL =
  /(\$!?\{?)([A-Za-z_][\w-]*(?:\.[A-Za-z_]\w*)*)(\((?:\s*)(['"])(\$[^'"\n]*)\4\s*\))?|#\{?([A-Za-z]+)\}?/g;

/** Explains the reference or directive at an offset; null where there is none that is known. */
export function describeTemplate(
  source: string,
  offset: number,
  surroundings: TemplateSurroundings = {},
): VtlDescription | null {
  const from = source.lastIndexOf("\n", offset - 1) + 1;
  const end = source.indexOf("\n", offset);
  const line = source.slice(from, end === -1 ? undefined : end);
  for (const match of line.matchAll(SYMBOL)) {
    const start = from + match.index;
    if (offset < start || offset > start + match[0].length) continue;
    const [, sigil = "", path = "", call, , jsonPath, directive] = match;
    if (directive !== undefined) return entryFor(`#${directive}`, { start, length: match[0].length });
    const words = wordsUpTo(path, offset - start - sigil.length);
    const found =
      entryFor(`$${words}`, { start, length: sigil.length + words.length }) ??
      variableFor(
        words,
        { source: source.slice(0, start), start, length: sigil.length + words.length },
        surroundings,
      );
    if (!found || jsonPath === undefined || !/^input\.(?:path|json)$/.test(words)) return found;
    const value = plainPath(sampleValue(surroundings), jsonPath);
    const whole = { ...found, end: start + sigil.length + path.length + (call?.length ?? 0) };
    return value === undefined ? whole : { ...whole, sample: shortText(value) };
  }
  return null;
}

/** The names up to the one the offset is in. */
function wordsUpTo(path: string, offset: number): string {
  const end = path.indexOf(".", Math.max(0, offset));
  return end === -1 ? path : path.slice(0, end);
}

function entryFor(label: string, at: { start: number; length: number }): VtlDescription | null {
  for (let words = label; words.length > 1; words = words.slice(0, Math.max(0, words.lastIndexOf(".")))) {
    const entry = vtlCatalogue.find((one) => one.label === words);
    if (entry) {
      const { signature, documentation } = entry;
      return { start: at.start, end: at.start + at.length, signature, documentation };
    }
    if (!words.includes(".")) return null;
  }
  return null;
}

function variableFor(
  words: string,
  at: { source: string; start: number; length: number },
  surroundings: TemplateSurroundings,
): VtlDescription | null {
  const type = new ExpressionTypes(at.source, surroundings).ofReference(words);
  if (type.kind === "unknown" || type.kind === "round") return null;
  const sample = type.sample === undefined ? {} : { sample: shortText(type.sample) };
  const documentation = `A ${type.kind}, as far as the template and the sample tell.`;
  return { start: at.start, end: at.start + at.length, signature: `$${words}`, documentation, ...sample };
}
