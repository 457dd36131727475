import type { BatchCase } from "@/server/vtl";
import type { Random } from "./random";

export type FuzzInput = Omit<BatchCase, "id">;

/** Templates about one part of the language. */
export type Family = {
  readonly name: string;
  readonly generate: (random: Random) => FuzzInput;
};

export type FuzzCase = BatchCase & { readonly id: string; readonly family: string };

/** What a render gave, in one form for both engines. */
export type Outcome =
  | { readonly output: string; readonly overrides: Readonly<Record<string, unknown>> }
  | {
      readonly kind: string;
      readonly line: number | null;
      readonly column: number | null;
      readonly message: string;
    };

export type Difference = {
  readonly fuzzCase: FuzzCase;
  readonly ours: Outcome;
  readonly reference: Outcome;
};
