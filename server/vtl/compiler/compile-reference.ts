import type { CompileContext, CompiledReference } from "@/server/vtl/compiler/compile-context";
import { compileStep, compileStoreStep, plainKeyOf } from "@/server/vtl/compiler/compile-steps";
import type { Evaluate, Frame, Render } from "@/server/vtl/compiler/frame";
import { type ReferenceRoot, readReferenceRoot } from "@/server/vtl/compiler/reference-root";
import { DefinedBlock } from "@/server/vtl/directives/defined-block";
import type { ReferenceNode, SetNode } from "@/server/vtl/parser/syntax-tree";
import { isPlainMap } from "@/server/vtl/values/is-plain-map";

/** In API Gateway what does not resolve is the empty string, also as a value. */
const UNRESOLVED = "";

export function compileReference(node: ReferenceNode, context: CompileContext): CompiledReference {
  const root = readReferenceRoot(node);
  const resolve = compileResolve(node, root, context);
  const value: Evaluate = root.computable && !root.runt ? resolve : () => null;
  const text = compileText(root, resolve);
  return {
    kind: "reference",
    root: root.name,
    value,
    test: root.runt ? () => false : (frame) => isTrue(resolve(frame), frame),
    text,
    render: compileRender(root, { resolve, text }, (error) => context.limitAt(error, node.first)),
  };
}

function isTrue(value: unknown, _frame: Frame): boolean {
  if (value === false) return false;
  // A block counts as true when it can be printed, and is printed to find out.
  if (value instanceof DefinedBlock) return value.toText() !== null;
  return true;
}

function compileResolve(node: ReferenceNode, root: ReferenceRoot, context: CompileContext): Evaluate {
  const steps = node.steps.map((step) => compileStep(step, context));
  if (root.runt || !root.computable) return () => UNRESOLVED;
  const slot = context.slots.slot(root.name);
  const [first, second] = steps;
  if (first === undefined) return (frame) => frame.slots[slot] ?? UNRESOLVED;
  if (second === undefined) {
    const key = plainKeyOf(node.steps[0]);
    return (frame) => {
      const value = frame.slots[slot];
      if (value === null || value === undefined) return UNRESOLVED;
      // Most steps are of this kind: looked up without a call.
      if (key !== null && isPlainMap(value)) return value.get(key) ?? UNRESOLVED;
      return first(value, frame) ?? UNRESOLVED;
    };
  }
  if (steps.length === 2) {
    return (frame) => {
      const value = frame.slots[slot];
      if (value === null || value === undefined) return UNRESOLVED;
      const owner = first(value, frame);
      return owner === null ? UNRESOLVED : (second(owner, frame) ?? UNRESOLVED);
    };
  }
  return (frame) => {
    let value = frame.slots[slot];
    if (value === null || value === undefined) return UNRESOLVED;
    for (const step of steps) {
      value = step(value, frame);
      if (value === null) return UNRESOLVED;
    }
    return value;
  };
}

function compileText(root: ReferenceRoot, resolve: Evaluate): (frame: Frame) => string {
  if (root.runt) return () => root.name;
  const prefix = root.backslashes + root.dollars;
  if (root.escaped) {
    const text = root.backslashes + root.source;
    return (frame) => {
      resolve(frame);
      return text;
    };
  }
  const withoutText = root.backslashes + prefix + root.source;
  return (frame) => {
    const value = resolve(frame);
    if (typeof value === "string") return prefix + value;
    // A block's text takes the place of the backslashes and dollars before the reference, too.
    if (value instanceof DefinedBlock) return value.toText() ?? withoutText;
    return prefix + frame.toText(value);
  };
}

function compileRender(
  root: ReferenceRoot,
  { resolve, text }: { resolve: Evaluate; text: (frame: Frame) => string },
  placed: (error: unknown) => unknown,
): Render {
  if (root.runt || root.escaped) return (frame) => frame.write(text(frame));
  const prefix = root.backslashes + root.dollars;
  const withoutText = root.backslashes + prefix + root.source;
  return (frame) => {
    const value = resolve(frame);
    try {
      if (typeof value === "string") frame.write(prefix === "" ? value : prefix + value);
      else if (value instanceof DefinedBlock) renderDefined(value, withoutText, frame);
      else frame.write(prefix + frame.toText(value));
    } catch (error) {
      throw placed(error);
    }
  };
}

/** A block writes itself, without the backslashes or dollars before the reference. */
function renderDefined(block: DefinedBlock, withoutText: string, frame: Frame): void {
  if (block.render(frame)) return;
  const text = block.toText();
  if (text === null) frame.write(withoutText);
}

/** #set: nothing is stored for null, or where the target's owner does not resolve. */
export function compileSet(node: SetNode, context: CompileContext): Render {
  const root = readReferenceRoot(node.target);
  const lastStep = node.target.steps.at(-1);
  const owners = node.target.steps.slice(0, -1).map((step) => compileStep(step, context));
  const store = lastStep === undefined ? null : compileStoreStep(lastStep, context);
  const { value } = context.expression(node.value);
  if (store === null) {
    const slot = context.slots.slot(node.target.first.image.slice(1));
    return (frame) => {
      try {
        const result = value(frame);
        if (result !== null) frame.assign(slot, result);
      } catch (error) {
        throw context.limitAt(error, node.first);
      }
    };
  }
  const slot = context.slots.slot(root.name);
  return (frame) => {
    try {
      const result = value(frame);
      if (result === null) return;
      let owner: unknown = frame.slots[slot] ?? null;
      for (const step of owners) {
        if (owner === null) return;
        owner = step(owner, frame);
      }
      if (owner !== null) store(owner, result, frame);
    } catch (error) {
      throw context.limitAt(error, node.first);
    }
  };
}
