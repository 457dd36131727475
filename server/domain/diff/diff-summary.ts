import type { DiffEntry } from "./diff-entry";

/** A difference at a glance: how many of each kind, and the sentences that matter most. */
export type DiffSummary = {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly breaking: number;
  readonly sentences: readonly string[];
};

const SENTENCES = 3;

/** Sums a difference up; what may break callers is said first. */
export function summaryOf(changes: readonly DiffEntry[]): DiffSummary {
  const count = (kind: DiffEntry["kind"]) => changes.filter((entry) => entry.kind === kind).length;
  const breaking = changes.filter((entry) => entry.breaking);
  const ordered = [...breaking, ...changes.filter((entry) => !entry.breaking)];
  return {
    added: count("added"),
    changed: count("changed"),
    removed: count("removed"),
    breaking: breaking.length,
    sentences: ordered.slice(0, SENTENCES).map(({ summary }) => summary),
  };
}
