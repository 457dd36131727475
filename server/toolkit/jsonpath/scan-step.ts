import { type Evaluation, MAX_DEPTH } from "./evaluation";
import { FilterStep } from "./filter-step";
import { JsonPathError } from "./json-path-error";
import { ArrayStep, isList, PropertyStep, WildcardStep } from "./path-steps";
import { isMap, PathToken } from "./path-token";

/** `..`: offers the next step the model and everything inside it. */
export class ScanStep extends PathToken {
  get definite(): boolean {
    return false;
  }

  evaluate(model: unknown, evaluation: Evaluation): void {
    if (this.next === undefined) throw new JsonPathError("Current path token is a leaf");
    this.walk(model, this.next, evaluation, 0);
  }

  private walk(model: unknown, target: PathToken, evaluation: Evaluation, depth: number): void {
    if (depth > MAX_DEPTH) throw new JsonPathError("the document is nested too deeply to be scanned");
    evaluation.budget.spend(1);
    if (isMap(model)) {
      if (matches(target, model, evaluation)) target.evaluate(model, evaluation);
      for (const value of model.values()) {
        if (typeof value === "object" && value !== null) this.walk(value, target, evaluation, depth + 1);
      }
    } else if (isList(model)) {
      if (matches(target, model, evaluation)) offerList(model, target, evaluation);
      for (let i = 0; i < model.length; i += 1) {
        const value = model[i];
        if (typeof value === "object" && value !== null) this.walk(value, target, evaluation, depth + 1);
      }
    }
  }
}

/** Inside an array Jayway skips the target when more steps follow it, and remembers where it came from. */
function offerList(model: readonly unknown[], target: PathToken, evaluation: Evaluation): void {
  const { next } = target;
  if (next === undefined) {
    target.evaluate(model, evaluation);
    return;
  }
  for (const [i, value] of model.entries()) {
    evaluation.arrivalIndex.set(next, i);
    next.evaluate(value, evaluation);
  }
}

function matches(target: PathToken, model: unknown, evaluation: Evaluation): boolean {
  if (target instanceof PropertyStep) {
    if (!isMap(model)) return false;
    if (!target.definite) return true;
    return target.names.every((name) => model.has(name));
  }
  if (target instanceof FilterStep) return target.accepts(model, evaluation);
  if (target instanceof ArrayStep) return isList(model);
  return target instanceof WildcardStep;
}
