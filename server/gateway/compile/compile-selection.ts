import { compileJavaRegex } from "@/server/toolkit/java-regex/compile-java-regex";
import type { IntegrationResponse } from "../snapshot/integration";
import type { ProblemList } from "./compile-scope";

type Candidate<T> = { readonly matches: ((text: string) => boolean) | null; readonly response: T };

/** Chooses among integration responses; `text` is the status (HTTP, MOCK) or a function's error message. */
export type ResponseSelector<T> = {
  select(text: string): T | null;
  readonly fallback: T | null;
};

/**
 * selectionPattern is a Java regular expression that must match the whole text; the first that does wins, the
 * response without a pattern is the default (developer guide, integration response settings).
 */
export function compileSelection<T>(
  responses: readonly { source: IntegrationResponse; compiled: T }[],
  problems: ProblemList,
): ResponseSelector<T> {
  const candidates: Candidate<T>[] = [];
  let fallback: T | null = null;
  for (const { source, compiled } of responses) {
    if (source.selectionPattern === null || source.selectionPattern === "") {
      fallback ??= compiled;
      continue;
    }
    try {
      const pattern = compileJavaRegex(source.selectionPattern);
      candidates.push({ matches: (text) => pattern.matches(text), response: compiled });
    } catch (error) {
      problems.at(source.statusCode, "selectionPattern").add((error as Error).message);
    }
  }
  const remembered = new Map<string, T | null>();
  const search = (text: string): T | null =>
    candidates.find(({ matches }) => matches?.(text))?.response ?? fallback;

  return {
    fallback,
    select(text) {
      if (text.length > 3) return search(text);
      let chosen = remembered.get(text);
      if (chosen === undefined) {
        chosen = search(text);
        if (remembered.size < 1_000) remembered.set(text, chosen);
      }
      return chosen;
    },
  };
}
