import { canonicalJson } from "@/server/toolkit/json-canonical";

/** One difference, in words a developer reads before deploying. */
export type DiffEntry = {
  readonly kind: "added" | "removed" | "changed";
  /** Where, from the outside in: `/pets GET › integration request › template application/json`. */
  readonly path: string;
  /** A sentence: "GET /pets now requires an API key". */
  readonly summary: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Requests that worked may fail, or answers may lack what was promised. */
  readonly breaking: boolean;
};

/** The difference between two values at one place: `before` undefined is an addition, `after` undefined a removal. */
export type Change = { readonly before: unknown; readonly after: unknown };

/** Collects entries below one path. */
export class DiffScope {
  readonly #entries: DiffEntry[];
  readonly path: string;

  constructor(entries: DiffEntry[], path = "") {
    this.#entries = entries;
    this.path = path;
  }

  in(part: string): DiffScope {
    return new DiffScope(this.#entries, this.path === "" ? part : `${this.path} › ${part}`);
  }

  add({ before, after }: Change, summary: string, breaking = false): void {
    const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const values = {
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    };
    this.#entries.push({ kind, path: this.path, summary, ...values, breaking });
  }
}

/** Whether two values are the same as JSON. */
export const isSame = (a: unknown, b: unknown) =>
  a === b || canonicalJson({ value: a }) === canonicalJson({ value: b });

type Entries<T> = Readonly<Record<string, T>>;
type EntryChange<T> = { key: string; before: T | undefined; after: T | undefined };

/** The entries of two records that differ, in the order of their keys. */
export function changedEntries<T>(before: Entries<T>, after: Entries<T>): EntryChange<T>[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys
    .map((key) => ({
      key,
      before: Object.hasOwn(before, key) ? before[key] : undefined,
      after: Object.hasOwn(after, key) ? after[key] : undefined,
    }))
    .filter((change) => !isSame(change.before, change.after));
}
