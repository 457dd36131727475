import { JavaArray, JavaSet } from "../java/values";
import type { Evaluation } from "./evaluation";
import { InvalidPathError, PATH_NOT_FOUND, PathIndexError } from "./json-path-error";
import { isMap, PathToken } from "./path-token";

/** java.util.List: the arrays of the value model, Java arrays and sets excepted. */
export function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && !(value instanceof JavaArray || value instanceof JavaSet);
}

/** A step to one property of an object. */
abstract class ObjectStep extends PathToken {
  protected toProperty(name: unknown, model: Map<unknown, unknown>, evaluation: Evaluation): void {
    const value = model.get(name);
    if (value === undefined && !model.has(name)) {
      if (this.next === undefined ? !evaluation.requireProperties : this.mayMiss(evaluation)) return;
      throw PATH_NOT_FOUND;
    }
    if (this.next !== undefined || this.wanted(evaluation)) this.pass(value, evaluation);
  }

  private mayMiss(evaluation: Evaluation): boolean {
    return !(this.upstreamDefinite && this.definite) && !evaluation.requireProperties;
  }

  /** `$..[0].a`: a scan offers every element of an array; only the one asked for counts. */
  private wanted(evaluation: Evaluation): boolean {
    if (evaluation.arrivalIndex.size === 0) return true;
    const index = evaluation.arrivalIndex.get(this);
    if (index === undefined) return true;
    const { previous } = this;
    return (
      previous instanceof ArrayIndexStep && previous.indexes.length === 1 && previous.indexes[0] === index
    );
  }
}

/** `.a`, `['a']`, `['a','b']` */
export class PropertyStep extends ObjectStep {
  constructor(readonly names: readonly string[]) {
    super();
    if (names.length === 0) throw new InvalidPathError("Empty properties");
  }

  /** Several names at the end of a path give one object with those properties. */
  get definite(): boolean {
    return this.names.length === 1 || this.next === undefined;
  }

  evaluate(model: unknown, evaluation: Evaluation): void {
    if (!isMap(model)) {
      if (this.upstreamDefinite) throw PATH_NOT_FOUND;
      return;
    }
    if (this.names.length > 1 && this.next === undefined) {
      this.merge(model, evaluation);
      return;
    }
    for (const name of this.names) this.toProperty(name, model, evaluation);
  }

  private merge(model: Map<unknown, unknown>, evaluation: Evaluation): void {
    const merged = new Map<unknown, unknown>();
    for (const name of this.names) {
      if (model.has(name)) merged.set(name, model.get(name));
      else if (evaluation.requireProperties) throw PATH_NOT_FOUND;
    }
    this.pass(merged, evaluation);
  }
}

/** A step into an array. */
export abstract class ArrayStep extends PathToken {
  protected checkList(model: unknown): model is unknown[] {
    if (isList(model)) return true;
    if (this.upstreamDefinite) throw PATH_NOT_FOUND;
    return false;
  }

  protected toIndex(index: number, model: readonly unknown[], evaluation: Evaluation): void {
    const at = index < 0 ? model.length + index : index;
    if (at < 0 || at >= model.length) return;
    try {
      this.pass(model[at], evaluation);
    } catch (error) {
      if (!(error instanceof PathIndexError)) throw error;
    }
  }
}

/** `[0]`, `[-1]`, `[0,2]` */
export class ArrayIndexStep extends ArrayStep {
  constructor(readonly indexes: readonly number[]) {
    super();
  }

  get definite(): boolean {
    return this.indexes.length === 1;
  }

  evaluate(model: unknown, evaluation: Evaluation): void {
    if (!this.checkList(model)) return;
    for (const index of this.indexes) this.toIndex(index, model, evaluation);
  }
}

/** `[1:]`, `[:2]`, `[1:3]`: a negative bound counts from the end only where it is the only one. */
export class ArraySliceStep extends ArrayStep {
  constructor(
    readonly from: number | undefined,
    readonly to: number | undefined,
  ) {
    super();
  }

  get definite(): boolean {
    return false;
  }

  evaluate(model: unknown, evaluation: Evaluation): void {
    if (!this.checkList(model)) return;
    const length = model.length;
    let from = this.from ?? 0;
    let to = this.to ?? length;
    if (this.to === undefined) from = Math.max(0, from < 0 ? length + from : from);
    if (this.from === undefined && to < 0) to += length;
    to = Math.min(length, to);
    for (let i = from; i < to; i += 1) this.toIndex(i, model, evaluation);
  }
}

/** `.*`, `[*]` */
export class WildcardStep extends ObjectStep {
  get definite(): boolean {
    return false;
  }

  evaluate(model: unknown, evaluation: Evaluation): void {
    if (isMap(model)) {
      for (const name of model.keys()) this.toProperty(name, model, evaluation);
    } else if (isList(model)) {
      for (let i = 0; i < model.length; i += 1) this.toElement(model[i], evaluation);
    }
  }

  private toElement(value: unknown, evaluation: Evaluation): void {
    try {
      this.pass(value, evaluation);
    } catch (error) {
      const skipped =
        error instanceof PathIndexError || (error === PATH_NOT_FOUND && !evaluation.requireProperties);
      if (!skipped) throw error;
    }
  }
}
