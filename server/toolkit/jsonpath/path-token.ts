import type { Evaluation } from "./evaluation";

/** One step of a path. Steps are a chain: each passes what it finds on, the last adds it to the results. */
export abstract class PathToken {
  next: PathToken | undefined;
  previous: PathToken | undefined;
  /** every step before this one leads to at most one value */
  upstreamDefinite = true;

  /** This step, in its place in the chain, leads to at most one value. */
  abstract get definite(): boolean;

  abstract evaluate(model: unknown, evaluation: Evaluation): void;

  protected pass(value: unknown, evaluation: Evaluation): void {
    evaluation.budget.spend(1);
    if (this.next === undefined) evaluation.results.push(value);
    else this.next.evaluate(value, evaluation);
  }
}

export function isMap(value: unknown): value is Map<unknown, unknown> {
  return value instanceof Map;
}

/** Links the steps into a chain; `definite` tells whether what leads to the first one is. */
export function linkTokens(tokens: readonly PathToken[], definiteStart = true): void {
  let definite = definiteStart;
  for (const [i, token] of tokens.entries()) {
    token.previous = tokens[i - 1];
    token.next = tokens[i + 1];
  }
  for (const token of tokens) {
    token.upstreamDefinite = definite;
    definite = definite && token.definite;
  }
}
