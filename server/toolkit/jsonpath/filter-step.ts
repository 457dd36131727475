import type { Evaluation } from "./evaluation";
import { InvalidPathError } from "./json-path-error";
import { ArrayStep, isList } from "./path-steps";
import { isMap } from "./path-token";

/** A filter expression: true for the elements to keep. */
export interface Predicate {
  test(item: unknown, evaluation: Evaluation): boolean;
}

/** `[?(…)]` */
export class FilterStep extends ArrayStep {
  constructor(private readonly predicate: Predicate) {
    super();
  }

  get definite(): boolean {
    return false;
  }

  evaluate(model: unknown, evaluation: Evaluation): void {
    if (isMap(model)) {
      if (this.accepts(model, evaluation)) this.pass(model, evaluation);
    } else if (isList(model)) {
      for (let i = 0; i < model.length; i += 1) {
        if (this.accepts(model[i], evaluation)) this.toIndex(i, model, evaluation);
      }
    } else if (this.upstreamDefinite) {
      throw new InvalidPathError("Filter: [?] can not be applied to primitives.");
    }
  }

  accepts(item: unknown, evaluation: Evaluation): boolean {
    evaluation.budget.spend(1);
    try {
      return this.predicate.test(item, evaluation);
    } catch (error) {
      if (error instanceof InvalidPathError) return false;
      throw error;
    }
  }
}
