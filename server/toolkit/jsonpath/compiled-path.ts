import { JsonArray } from "../java/values";
import { Evaluation, type PathBudget, StepBudget } from "./evaluation";
import { FunctionStep } from "./function-step";
import { PATH_NOT_FOUND } from "./json-path-error";
import { ArrayIndexStep, isList, PropertyStep, WildcardStep } from "./path-steps";
import { linkTokens, type PathToken } from "./path-token";
import { ScanStep } from "./scan-step";

export interface PathResult {
  /** the path leads to at most one value; otherwise value is a JsonArray of all matches */
  readonly definite: boolean;
  /** false only for a definite path that leads nowhere (value is null then) */
  readonly found: boolean;
  readonly value: unknown;
}

/** A path ready to be read on any document. It holds no state between reads. */
export class CompiledPath {
  readonly definite: boolean;
  /** the last step is a function */
  readonly endsInFunction: boolean;
  private readonly tokens: readonly PathToken[];
  /** names and indexes when these are all the path has: most paths */
  private readonly plainSteps: readonly (string | number)[] | undefined;
  private childTokens: readonly PathToken[] | undefined;

  constructor(
    tokens: readonly PathToken[],
    /** starts with $, not @ */
    readonly isRoot: boolean,
  ) {
    this.tokens = invertScannedFunction(tokens);
    // Steps after an inverted function still count as coming after the scan.
    linkTokens(this.tokens, this.tokens === tokens);
    this.definite = this.tokens.every((token) => token.definite);
    this.endsInFunction = this.tokens.at(-1) instanceof FunctionStep;
    this.plainSteps = plainStepsOf(this.tokens);
  }

  /**
   * Reads the path on a document.
   *
   * @param budget what pays for the steps; without one there are two million
   *
   * @throws JsonPathError where Jayway reports an error, and for paths that take too many steps
   */
  read(document: unknown, budget: PathBudget = new StepBudget()): PathResult {
    if (this.plainSteps !== undefined) {
      const value = followPlainSteps(document, this.plainSteps);
      return value === undefined ? NOT_FOUND : { definite: true, found: true, value };
    }
    try {
      const value = this.valueIn(document, document, budget);
      return { definite: this.definite, found: true, value };
    } catch (error) {
      if (error === PATH_NOT_FOUND) return { definite: this.definite, found: false, value: null };
      throw error;
    }
  }

  /** The value of the path as part of another read. Throws PATH_NOT_FOUND. */
  valueIn(item: unknown, root: unknown, budget: PathBudget): unknown {
    return this.run(item, new Evaluation(root, budget, false));
  }

  /** As valueIn, with the evaluation's own settings. */
  run(item: unknown, evaluation: Evaluation): unknown {
    const [first] = this.tokens;
    if (first === undefined) return item;
    evaluation.budget.spend(1);
    first.evaluate(item, evaluation);
    return this.outcome(evaluation.results);
  }

  /**
   * The children of the path's value: what the path with ".*" after it gives, read as this path is, so
   * that a definite path gives only the last child.
   */
  childrenIn(model: unknown, budget: PathBudget): unknown {
    if (this.endsInFunction || this.tokens.length === 0) return this.valueIn(model, model, budget);
    this.childTokens ??= [...this.tokens.map(copyToken), new WildcardStep()];
    linkTokens(this.childTokens);
    // Jayway appends this step without telling it what comes before: members of objects that a scan finds in arrays
    // then do not count.
    (this.childTokens.at(-1) as PathToken).previous = undefined;
    const evaluation = new Evaluation(model, budget, false);
    this.childTokens[0]?.evaluate(model, evaluation);
    return this.outcome(evaluation.results);
  }

  private outcome(results: unknown[]): unknown {
    if (!this.definite) return JsonArray.fromList(results);
    if (results.length === 0) throw PATH_NOT_FOUND;
    return results.at(-1);
  }
}

function copyToken(token: PathToken): PathToken {
  return Object.assign(Object.create(Object.getPrototypeOf(token)), token);
}

const NOT_FOUND: PathResult = { definite: true, found: false, value: null };

/** `$..price.sum()` is read as `$.sum($..price)`. */
function invertScannedFunction(tokens: readonly PathToken[]): readonly PathToken[] {
  const last = tokens.at(-1);
  if (!(tokens[0] instanceof ScanStep) || !(last instanceof FunctionStep)) return tokens;
  const at = tokens.findIndex((token) => token instanceof FunctionStep);
  const call = tokens[at] as FunctionStep;
  call.args = [{ kind: "path", path: new CompiledPath(tokens.slice(0, at), true) }];
  return tokens.slice(at);
}

function plainStepsOf(tokens: readonly PathToken[]): readonly (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  for (const token of tokens) {
    if (token instanceof PropertyStep && token.names.length === 1) steps.push(token.names[0] as string);
    else if (token instanceof ArrayIndexStep && token.indexes.length === 1) {
      steps.push(token.indexes[0] as number);
    } else return undefined;
  }
  return steps;
}

/** undefined: not found (no value of a document is undefined) */
function followPlainSteps(document: unknown, steps: readonly (string | number)[]): unknown {
  let value = document;
  for (const step of steps) {
    if (typeof step === "string") {
      if (!(value instanceof Map)) return undefined;
      value = value.get(step);
    } else {
      if (!isList(value)) return undefined;
      value = value[step < 0 ? value.length + step : step];
    }
    if (value === undefined) return undefined;
  }
  return value;
}
