import type { CompileContext } from "@/server/vtl/compiler/compile-context";
import type { Evaluate, Frame } from "@/server/vtl/compiler/frame";
import { assignProperty, findGetter, type Getter } from "@/server/vtl/compiler/property-access";
import type { IndexStep, MethodStep, ReferenceStep } from "@/server/vtl/parser/syntax-tree";
import type { Budget } from "@/server/vtl/values/budget";
import { findMethod } from "@/server/vtl/values/find-method";
import { ForeachScope, scopeReader } from "@/server/vtl/values/foreach-scope";
import { isPlainMap } from "@/server/vtl/values/is-plain-map";
import type { JavaClass, JavaMethod } from "@/server/vtl/values/java-class";
import { CallRefused, JavaException } from "@/server/vtl/values/java-exception";
import { numberCost } from "@/server/vtl/values/numbers/number-size";

/** One step of a reference: from a value that is not null to the next, or to null. */
export type Step = (receiver: unknown, frame: Frame) => unknown;

export function compileStep(step: ReferenceStep, context: CompileContext): Step {
  switch (step.type) {
    case "identifier":
      return compileProperty(step.first.image, step, context);
    case "method":
      return compileMethod(step, context);
    case "index":
      return compileIndex(step, context);
  }
}

/** The key a step looks up in plain maps, which have no other properties; null for the other steps. */
export function plainKeyOf(step: ReferenceStep | undefined): string | null {
  if (step?.type !== "identifier") return null;
  const { image } = step.first;
  return image === "class" || image === "Class" ? null : image;
}

function compileProperty(name: string, step: ReferenceStep, context: CompileContext): Step {
  let owner: JavaClass | null = null;
  let getter: Getter | null = null;
  const plainKey = plainKeyOf(step);
  const ofScope = scopeReader(name);
  return (receiver, frame) => {
    if (plainKey !== null && isPlainMap(receiver)) return receiver.get(plainKey) ?? null;
    if (ofScope !== null && receiver instanceof ForeachScope) return ofScope(receiver);
    const receiverClass = frame.classOf(receiver);
    if (receiverClass !== owner) {
      owner = receiverClass;
      getter = findGetter(receiverClass, name);
    }
    if (getter === null) return null;
    try {
      return getter(receiver, frame);
    } catch (error) {
      throw context.failure(error, `Property ${name}`, step.first);
    }
  };
}

/** The method found last, and for which classes: most calls see the same ones again. */
class CallSite {
  private owner: JavaClass | null = null;
  private argClasses: (JavaClass | null)[] = [];
  private found: JavaMethod | null = null;

  constructor(private readonly name: string) {}

  find(receiver: unknown, args: readonly unknown[], frame: Frame): JavaMethod | null {
    const owner = frame.classOf(receiver);
    let same = owner === this.owner;
    for (let i = 0; same && i < args.length; i++) {
      const arg = args[i];
      same = this.argClasses[i] === (arg === null ? null : frame.classOf(arg));
    }
    if (same) return this.found;
    this.owner = owner;
    this.argClasses = args.map((arg) => (arg === null ? null : frame.classOf(arg)));
    this.found = findMethod(
      owner,
      this.name,
      this.argClasses.map((argClass) => argClass?.type ?? null),
    );
    return this.found;
  }
}

function compileMethod(step: MethodStep, context: CompileContext): Step {
  const name = step.first.image;
  const args = step.args.map((arg) => context.expression(arg).value);
  const site = new CallSite(name);
  const evaluate = argumentsOf(args);
  return (receiver, frame) => {
    const values = evaluate(frame);
    try {
      chargeCall(receiver, values, frame.budget);
      const method = site.find(receiver, values, frame);
      if (method === null) return null;
      const result = method.invoke(receiver, values, frame);
      if (typeof result === "string" && result.length > SHORT_TEXT) frame.budget.text(result.length);
      return result;
    } catch (error) {
      throw context.failure(error, `Method ${name}()`, step.first);
    }
  };
}

/** Results up to this length are covered by what every call costs. */
const SHORT_TEXT = 64;
/** Memory for what a call may make besides texts and members: an iterator, a number, an entry. */
const CALL_UNITS = 16;

/**
 * A method may look at all of a text or number: long ones cost more, so that a loop over a large payload comes to an
 * end.
 */
function chargeCall(receiver: unknown, values: readonly unknown[], budget: Budget): void {
  let characters = sizeToRead(receiver);
  for (let i = 0; i < values.length; i++) characters += sizeToRead(values[i]);
  if (characters === 0) budget.spend(1);
  else budget.text(characters);
  budget.hold(CALL_UNITS);
}

function sizeToRead(value: unknown): number {
  if (typeof value === "string") return value.length;
  return typeof value === "object" && value !== null ? numberCost(value) : 0;
}

const noValues: readonly unknown[] = [];

/** The values of a call's arguments. Nearly all calls have one argument or none. */
function argumentsOf(expressions: readonly Evaluate[]): (frame: Frame) => readonly unknown[] {
  const [first, second] = expressions;
  if (first === undefined) return () => noValues;
  if (second === undefined) return (frame) => [first(frame)];
  return (frame) => {
    const values: unknown[] = new Array(expressions.length);
    for (let i = 0; i < expressions.length; i++) values[i] = (expressions[i] as Evaluate)(frame);
    return values;
  };
}

const sizeOf = new CallSite("size");

/** Unlike the access itself, a size() that cannot be called is an error with a place. */
function ownSize(size: JavaMethod, receiver: unknown, frame: Frame): unknown {
  try {
    return size.invoke(receiver, [], frame);
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    throw new JavaException(error.className, error.message);
  }
}

/** A negative index counts from the end of anything that has a size. */
function fromEnd(index: unknown, receiver: unknown, frame: Frame): unknown {
  if (typeof index !== "number" || index >= 0) return index;
  const size = sizeOf.find(receiver, [], frame);
  if (size === null) {
    throw new JavaException("org.apache.velocity.exception.VelocityException", "it has no size()");
  }
  return ((ownSize(size, receiver, frame) as number) + index) | 0;
}

/** Velocity gives no place where the object's method does not fit an index at all. */
function indexFailure(error: unknown, what: string, step: IndexStep, context: CompileContext): unknown {
  if (error instanceof CallRefused) return context.looseFailure(error, what);
  return context.failure(error, what, step.first);
}

function compileIndex(step: IndexStep, context: CompileContext): Step {
  const index = context.expression(step.index).value;
  const site = new CallSite("get");
  return (receiver, frame) => {
    const given = index(frame);
    try {
      frame.budget.spend(1);
      const key = fromEnd(given, receiver, frame);
      const method = site.find(receiver, [key], frame);
      return method === null ? null : method.invoke(receiver, [key], frame);
    } catch (error) {
      throw indexFailure(error, "Access by index", step, context);
    }
  };
}

/** Storing through the last step of a reference. */
export type StoreStep = (receiver: unknown, value: unknown, frame: Frame) => void;

export function compileStoreStep(step: ReferenceStep, context: CompileContext): StoreStep {
  if (step.type === "index") return compileIndexStore(step, context);
  const name = step.first.image;
  return (receiver, value, frame) => {
    try {
      assignProperty(receiver, { name, value }, frame);
    } catch (error) {
      throw context.failure(error, `Setting ${name}`, step.first);
    }
  };
}

function compileIndexStore(step: IndexStep, context: CompileContext): StoreStep {
  const index = context.expression(step.index).value;
  const set = new CallSite("set");
  const put = new CallSite("put");
  return (receiver, value, frame) => {
    const given = index(frame);
    try {
      const args = [fromEnd(given, receiver, frame), value];
      const method = set.find(receiver, args, frame) ?? put.find(receiver, args, frame);
      method?.invoke(receiver, args, frame);
    } catch (error) {
      throw indexFailure(error, "Setting by index", step, context);
    }
  };
}
