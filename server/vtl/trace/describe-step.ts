import type { TraceStep } from "@/server/vtl/trace/trace-types";

/** Steps whose source text tells too little, or the same as that of another step. */
const words: Readonly<Record<string, string>> = {
  text: "text",
  round: "round",
  "end-foreach": "end of #foreach",
};

/** A step in two short texts: what it is, and its value with what became of the variables. */
export function describeStep({ kind, source, value, changes }: TraceStep): { what: string; value: string } {
  const what = words[kind] ?? source;
  // That the loop's variables have their old values again says nothing new.
  if (kind === "end-foreach") return { what, value: value ?? "" };
  const assigned = changes.map(({ name, after }) => `$${name} = ${after}`);
  if (kind === "set")
    return { what, value: assigned.length === 0 ? `${value} (not stored)` : assigned.join("; ") };
  if (kind === "round") return { what, value: assigned.length === 0 ? (value ?? "") : assigned.join("; ") };
  return { what, value: [value ?? "", ...assigned].filter(Boolean).join("; ") };
}
