import { vtlCatalogue } from "@/server/vtl/catalogue";
import { ExpressionTypes } from "@/server/vtl/completion/expression-type";
import { type KnownType, methodsOf, typeOfJson } from "@/server/vtl/completion/known-type";
import {
  plainPath,
  sampleValue,
  shortText,
  type TemplateSurroundings,
} from "@/server/vtl/completion/surroundings";
import type { CatalogueEntry } from "@/server/vtl/render-types";
import type { JavaMethod } from "@/server/vtl/values/java-class";

/** What can be written at a place. It replaces the source from `start` to the place. */
export type VtlCompletion = CatalogueEntry & { readonly start: number };

/** An argument of $input.path or $input.json that is being written. */
const PATH_ARGUMENT = /\$!?\{?input\.(?:path|json)\(\s*(['"])(\$[^'"\n]*)$/;
const NAME_ARGUMENT = /\$!?\{?input\.params\(\s*['"]([^'"\n]*)$/;
const REFERENCE = /\$!?\{?([A-Za-z_](?:[\w.-]|\((?:[^()'"\n]|'[^'\n]*'|"[^"\n]*")*\)|\[[^\]\n]*\])*)?$/;
const DIRECTIVE = /#\{?[A-Za-z]*$/;

/**
 * Completions at an offset, best first, for a template that may be half written: paths of the sample, parameters,
 * members, methods where the type is known, variables, directives. Empty where nothing is known.
 */
export function completeTemplate(
  source: string,
  offset: number,
  surroundings: TemplateSurroundings = {},
): VtlCompletion[] {
  const before = source.slice(0, offset);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (/^[^'"]*##/.test(line)) return [];
  const [, quote, path] = PATH_ARGUMENT.exec(line) ?? [];
  if (path !== undefined) return completePath({ path, quote: quote as string, offset }, surroundings);
  const name = NAME_ARGUMENT.exec(line)?.[1];
  if (name !== undefined) {
    return (surroundings.parameters ?? []).map((one) =>
      plainEntry(one, "Parameter of the sample.", offset - name.length),
    );
  }
  const reference = REFERENCE.exec(line);
  if (reference) return completeReference({ typed: reference[0], before, offset, surroundings });
  const directive = DIRECTIVE.exec(line)?.[0];
  if (directive === undefined) return [];
  return vtlCatalogue
    .filter(({ kind }) => kind === "directive")
    .map((entry) => ({ ...entry, start: offset - directive.length }));
}

const plainEntry = (label: string, documentation: string, start: number): VtlCompletion => ({
  label,
  kind: "property",
  signature: label,
  documentation,
  insertText: label.replace(/[\\$}]/g, "\\$&"),
  start,
});

type Place = { typed: string; before: string; offset: number; surroundings: TemplateSurroundings };

function completeReference({ typed, before, offset, surroundings }: Place): VtlCompletion[] {
  const sigil = (/^\$!?\{?/.exec(typed) as RegExpExecArray)[0];
  const text = typed.slice(sigil.length);
  const dot = lastDot(text);
  if (dot === -1) {
    const start = offset - typed.length;
    const all = [...variablesIn(before), ...vtlCatalogue.filter(({ kind }) => kind !== "directive")];
    return all.map((entry) => ({ ...entry, start, ...withSigil(entry, sigil) }));
  }
  const owner = text.slice(0, dot);
  const start = offset - (text.length - dot - 1);
  const prefix = `$${owner}.`;
  const listed = vtlCatalogue
    .filter(({ label }) => label.startsWith(prefix))
    .map(({ label, insertText, ...entry }) => ({
      ...entry,
      label: label.slice(prefix.length),
      insertText: insertText.slice(prefix.length + 1),
      start,
    }));
  if (listed.length > 0) return listed;
  if (owner === "stageVariables") {
    return stageVariablesOf(before, surroundings).map((one) => plainEntry(one, "Stage variable.", start));
  }
  const type = new ExpressionTypes(before.slice(0, -typed.length), surroundings).ofReference(owner);
  return [
    ...propertiesOf(type, start),
    ...methodsOf(type).flatMap((method) => methodEntry(method, type, start)),
  ];
}

/** The text is replaced from its `$` on; braces and `!` that were typed stay. */
function withSigil({ insertText }: CatalogueEntry, sigil: string): { insertText: string } {
  const rest = insertText.replace(/^\\\$/, "");
  return { insertText: `\\${sigil}${rest}` };
}

/** The last dot outside of parentheses and brackets. */
function lastDot(text: string): number {
  let depth = 0;
  let quote = "";
  let found = -1;
  for (let at = 0; at < text.length; at++) {
    const ch = text[at] as string;
    if (quote) quote = ch === quote ? "" : quote;
    else if (depth > 0 && (ch === "'" || ch === '"')) quote = ch;
    else if (ch === "(" || ch === "[") depth++;
    else if (ch === ")" || ch === "]") depth--;
    else if (ch === "." && depth === 0) found = at;
  }
  return found;
}

/** Variables that have a value before the cursor, the newest first; `$foreach` after a loop began. */
function variablesIn(before: string): CatalogueEntry[] {
  const found = new Map<string, string>();
  for (const match of before.matchAll(/#\{?(set|foreach|define)\}?\s*\(\s*\$!?\{?([A-Za-z_][\w-]*)/g)) {
    const [, directive, name] = match as unknown as [string, string, string];
    found.delete(name);
    found.set(name, `Variable of this template, from #${directive}.`);
    if (directive === "foreach") found.set("foreach", "The round of the loop around: index, count, hasNext.");
  }
  return [...found].reverse().map(([name, documentation]) => ({
    label: `$${name}`,
    kind: "variable",
    signature: `$${name}`,
    documentation,
    insertText: `\\$${name}`,
  }));
}

function stageVariablesOf(before: string, { stageVariables = [] }: TemplateSurroundings): string[] {
  const used = [...before.matchAll(/stageVariables\.([A-Za-z_]\w*)/g)].map((match) => match[1] as string);
  return [...new Set([...stageVariables, ...used])];
}

function propertiesOf(type: KnownType, start: number): VtlCompletion[] {
  if (type.kind === "map") {
    return Object.entries(type.sample ?? {})
      .filter(([name]) => /^[A-Za-z_][\w-]*$/.test(name))
      .map(([name, value]) => plainEntry(name, `In the sample: ${shortText(value)}.`, start));
  }
  return [];
}

function methodEntry(method: JavaMethod, type: KnownType, start: number): VtlCompletion[] {
  const { name, parameters, returns } = method;
  if (type.kind === "round") {
    const property = /^(?:get|is)([A-Z]\w*)$/.exec(name)?.[1];
    if (!property || /^(?:Replaced|Info)$/.test(property)) return [];
    const label = property.slice(0, 1).toLowerCase() + property.slice(1);
    if (name.startsWith("is")) return [];
    return [{ ...plainEntry(label, "Of the round of #foreach.", start), signature: `${label}: ${returns}` }];
  }
  const places = parameters.map((parameter, index) => `\${${index + 1}:${parameter.replace(/[^\w]/g, "")}}`);
  return [
    {
      label: `${name}(${parameters.join(", ")})`,
      kind: "function",
      signature: `${name}(${parameters.join(", ")}): ${returns}`,
      documentation: "A method of Java's class.",
      insertText: `${name}(${places.join(", ")})`,
      start,
    },
  ];
}

/** Members of the sample at a JSONPath that is being written in quotes of that kind. */
function completePath(
  { path, quote, offset }: { path: string; quote: string; offset: number },
  surroundings: TemplateSurroundings,
): VtlCompletion[] {
  const cut = Math.max(path.lastIndexOf("."), path.lastIndexOf("["));
  const owner = cut === -1 ? path : path.slice(0, cut);
  const type = typeOfJson(plainPath(sampleValue(surroundings), owner));
  const start = offset - (path.length - owner.length);
  const entry = (text: string, value: unknown) => ({
    ...plainEntry(text, `In the sample: ${shortText(value)}.`, start),
    signature: shortText(value),
  });
  // A string in a template has no escapes: the name's quotes are those that the argument's are not.
  const inner = quote === "'" ? '"' : "'";
  if (type.kind === "map") {
    return Object.entries(type.sample ?? {})
      .filter(([name]) => !/['"\\]/.test(name))
      .map(([name, value]) =>
        entry(/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${inner}${name}${inner}]`, value),
      );
  }
  if (type.kind !== "list" || !type.sample || type.sample.length === 0) return [];
  return [entry("[0]", type.sample[0]), entry("[*]", type.sample)];
}
