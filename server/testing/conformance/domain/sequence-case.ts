import { readFileSync } from "node:fs";
import path from "node:path";

/** A recorded sequence of management calls; the format is described in the README beside the files. */
export type SequenceCase = { id: string; kind: string; steps: SequenceStep[] };

export type SequenceStep = {
  id: string;
  op: string;
  params?: Record<string, unknown>;
  expect?: {
    status?: number | string;
    error?: { code: string; message: string };
    body?: unknown;
  };
};

export function sequenceCases(folder: string, name: string): SequenceCase[] {
  const cases: SequenceCase[] = JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8"));
  return cases.filter(({ kind }) => kind === "sequence");
}

/** Puts values of earlier answers in the place of `${s1.id}` and `${s2.items[path=/pets].id}`. */
export function fillReferences(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === "string") {
    return value.replace(/\$\{(s\d+)((?:\.\w+|\[\w+=[^\]]*\])*)\}/g, (_, step: string, steps: string) =>
      String(follow(answers.get(step), steps)),
    );
  }
  if (Array.isArray(value)) return value.map((item) => fillReferences(item, answers));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillReferences(item, answers)]));
}

function follow(start: unknown, steps: string): unknown {
  let at = start;
  for (const [, name, key, wanted] of steps.matchAll(/\.(\w+)|\[(\w+)=([^\]]*)\]/g)) {
    if (name !== undefined) at = (at as Record<string, unknown> | undefined)?.[name];
    else at = (at as Record<string, unknown>[] | undefined)?.find((item) => item[key as string] === wanted);
  }
  return at;
}
