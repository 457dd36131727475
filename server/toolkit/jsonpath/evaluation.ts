import { JsonPathError } from "./json-path-error";
import type { PathToken } from "./path-token";

/** Steps one read may take, those of its filters included: a 10 MB document scanned once, under a second. */
const STEP_BUDGET = 2_000_000;

const LONGEST_TEXT = 10 * 1024 * 1024;

/** Deepest nesting a path follows (a template can build a value that contains itself). */
export const MAX_DEPTH = 1000;

/** What the sub-paths of one read share. Both throw: when too much has been spent, and for too long a text. */
export interface PathBudget {
  spend(steps: number): void;
  checkText(length: number): void;
}

/** The budget of a read that is given none. */
export class StepBudget implements PathBudget {
  private left = STEP_BUDGET;

  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new JsonPathError(`the path takes more than ${STEP_BUDGET} steps`);
  }

  checkText(length: number): void {
    if (length > LONGEST_TEXT) throw new JsonPathError(`the path gives more than ${LONGEST_TEXT} characters`);
  }
}

/** One evaluation of one path. */
export class Evaluation {
  readonly results: unknown[] = [];
  /** per token, the index of the array element a deep scan came through last */
  readonly arrivalIndex = new Map<PathToken, number>();
  /** values of $-paths inside filters: the same for every element */
  readonly rootValues: Map<object, unknown>;

  constructor(
    readonly root: unknown,
    readonly budget: PathBudget,
    /** an exists check: a missing property is "not found" even where it would be skipped */
    readonly requireProperties: boolean,
    rootValues?: Map<object, unknown>,
  ) {
    this.rootValues = rootValues ?? new Map();
  }
}
