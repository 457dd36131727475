import { illegalReplacement, noSuchGroup } from "./java-regex-error";

/** A match: its place and its groups (undefined where a group took no part). */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  group(index: number): string | undefined;
}

type Part = string | number;

/**
 * Parses a replacement by Java's rules: "$1" and "${name}" are groups, a backslash makes the next
 * character plain. "$12" is group 12 where there are that many groups, else group 1 and a "2".
 *
 * @throws JavaRegexError with Java's text
 */
export function parseReplacement(
  replacement: string,
  groups: { readonly count: number; readonly names: ReadonlyMap<string, number> },
): readonly Part[] {
  const parts: Part[] = [];
  let plain = "";
  let i = 0;
  while (i < replacement.length) {
    const character = replacement[i] as string;
    i += 1;
    if (character === "\\") {
      if (i === replacement.length) throw illegalReplacement("character to be escaped is missing");
      plain += replacement[i];
      i += 1;
    } else if (character === "$") {
      const reference = readReference(replacement, i, groups);
      if (plain !== "") parts.push(plain);
      plain = "";
      parts.push(reference.group);
      i = reference.end;
    } else {
      plain += character;
    }
  }
  if (plain !== "") parts.push(plain);
  return parts;
}

function readReference(
  replacement: string,
  at: number,
  groups: { readonly count: number; readonly names: ReadonlyMap<string, number> },
): { group: number; end: number } {
  const next = replacement[at];
  if (next === undefined) throw illegalReplacement("Illegal group reference: group index is missing");
  if (next === "{") return readName(replacement, at + 1, groups.names);
  if (!/\d/.test(next)) throw illegalReplacement("Illegal group reference");
  let group = Number(next);
  let end = at + 1;
  if (group > groups.count) throw noSuchGroup(group);
  while (/\d/.test(replacement[end] ?? "")) {
    const longer = group * 10 + Number(replacement[end]);
    if (longer > groups.count) break;
    group = longer;
    end += 1;
  }
  return { group, end };
}

function readName(
  replacement: string,
  at: number,
  names: ReadonlyMap<string, number>,
): { group: number; end: number } {
  const name = /^[a-zA-Z0-9]*/.exec(replacement.slice(at))?.[0] ?? "";
  if (name === "") throw illegalReplacement("named capturing group is missing trailing '}'");
  if (replacement[at + name.length] !== "}") {
    throw illegalReplacement("named capturing group is missing trailing '}'");
  }
  if (/^\d/.test(name)) {
    throw illegalReplacement(`capturing group name {${name}} starts with digit character`);
  }
  const group = names.get(name);
  if (group === undefined) throw illegalReplacement(`No group with name {${name}}`);
  return { group, end: at + name.length + 1 };
}

/** The replacement for one match. */
export function expandReplacement(parts: readonly Part[], match: RegexMatch): string {
  let out = "";
  for (const part of parts) out += typeof part === "string" ? part : (match.group(part) ?? "");
  return out;
}
