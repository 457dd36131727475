import { integerFromBigInt, JavaDouble } from "@/server/toolkit/java/values";
import type { CompileContext, CompiledExpression } from "@/server/vtl/compiler/compile-context";
import { compileString } from "@/server/vtl/compiler/compile-string";
import type { Evaluate, Frame } from "@/server/vtl/compiler/frame";
import { DefinedBlock } from "@/server/vtl/directives/defined-block";
import { literalBetween } from "@/server/vtl/lexer/token";
import type {
  BinaryNode,
  DirectiveArgument,
  ExpressionNode,
  MapNode,
  RangeNode,
} from "@/server/vtl/parser/syntax-tree";
import { classesRelated } from "@/server/vtl/values/class-of";
import { mapPut } from "@/server/vtl/values/collections/map-methods";
import { javaEquals } from "@/server/vtl/values/java-equality";
import {
  type ArithmeticOperator,
  calculate,
  compareNumbers,
  intValue,
  isJavaNumber,
  type JavaNumber,
} from "@/server/vtl/values/numbers/arithmetic";
import { numberCost } from "@/server/vtl/values/numbers/number-size";

/** Memory for a map and for a member of a list. */
const MAP_UNITS = 100;
const MEMBER_UNITS = 8;
/** Texts up to this length are compared for nothing. */
const SHORT_TEXT = 64;

const never = (): boolean => false;

/** A value that as a condition is false: literals and results of arithmetic. */
const plain = (value: Evaluate): CompiledExpression => ({ value, test: never });

function condition(test: (frame: Frame) => boolean): CompiledExpression {
  return { value: test, test };
}

/** The lexer lets a hash into the token of a number, which is no number then. */
function numberText({ first }: ExpressionNode, context: CompileContext): string {
  if (!first.image.startsWith("#")) return first.image;
  throw context.mistake("bad-number", `"${first.image}" is not a number.`, null);
}

export function compileExpression(node: ExpressionNode, context: CompileContext): CompiledExpression {
  switch (node.type) {
    case "string":
      return plain(compileString(node, context));
    case "integer": {
      const value = integerFromBigInt(BigInt(numberText(node, context)));
      return plain(() => value);
    }
    case "decimal": {
      const value = new JavaDouble(Number(numberText(node, context)));
      return plain(() => value);
    }
    case "boolean": {
      const { value } = node;
      return condition(() => value);
    }
    case "reference":
      return context.compile.reference(node, context);
    case "list":
      return plain(compileList(node.items, context));
    case "map":
      return plain(compileMap(node, context));
    case "range":
      return plain(compileRange(node, context));
    case "not": {
      const { test } = context.expression(node.operand);
      return condition((frame) => !test(frame));
    }
    case "binary":
      return compileBinary(node, context);
  }
}

/** An argument of a directive: besides expressions, a bare word, which has no value. */
export function compileArgument(node: DirectiveArgument, context: CompileContext): CompiledExpression {
  return node.type === "word" ? plain(() => null) : context.expression(node);
}

function compileList(items: readonly ExpressionNode[], context: CompileContext): Evaluate {
  const values = items.map((item) => context.expression(item).value);
  return (frame) => {
    const list: unknown[] = [];
    for (const value of values) list.push(value(frame));
    frame.budget.hold((list.length + 2) * MEMBER_UNITS);
    return list;
  };
}

function compileMap(node: MapNode, context: CompileContext): Evaluate {
  const entries = node.entries.map(({ key, value }) => ({
    key: context.expression(key).value,
    value: context.expression(value).value,
  }));
  return (frame) => {
    const map = new Map<unknown, unknown>();
    frame.budget.hold(MAP_UNITS);
    for (const entry of entries) {
      const key = entry.key(frame);
      mapPut(map, key, entry.value(frame), frame);
    }
    return map;
  };
}

/** `[from..to]`: null unless both ends are numbers. */
function compileRange(node: RangeNode, context: CompileContext): Evaluate {
  const from = context.expression(node.from).value;
  const to = context.expression(node.to).value;
  return (frame) => {
    const left = from(frame);
    const right = to(frame);
    if (!isJavaNumber(left) || !isJavaNumber(right)) return null;
    const start = intValue(left);
    const end = intValue(right);
    frame.budget.copy(Math.abs(start - end) + 1);
    const list: number[] = [];
    if (start < end) for (let i = start; i <= end; i++) list.push(i);
    else for (let i = start; i >= end; i--) list.push(i);
    return list;
  };
}

function compileBinary(node: BinaryNode, context: CompileContext): CompiledExpression {
  const left = context.expression(node.left);
  const right = context.expression(node.right);
  switch (node.operator) {
    case "&&":
      return condition((frame) => left.test(frame) && right.test(frame));
    case "||":
      return condition((frame) => left.test(frame) || right.test(frame));
    case "==":
      return condition((frame) => equalValues(left.value(frame), right.value(frame), frame));
    case "!=":
      return condition((frame) => !equalValues(left.value(frame), right.value(frame), frame));
    case "<":
      return compileOrder(left.value, right.value, (order) => order < 0);
    case ">":
      return compileOrder(left.value, right.value, (order) => order > 0);
    case "<=":
      return compileOrder(left.value, right.value, (order) => order <= 0);
    case ">=":
      return compileOrder(left.value, right.value, (order) => order >= 0);
    case "+":
      return plain(compileAddition(node, left.value, right.value));
    default:
      return plain(compileArithmetic(node.operator, left.value, right.value));
  }
}

/** Only numbers have an order; anything else compares as false. */
function compileOrder(
  left: Evaluate,
  right: Evaluate,
  holds: (order: number) => boolean,
): CompiledExpression {
  return condition((frame) => {
    const a = left(frame);
    const b = right(frame);
    return isJavaNumber(a) && isJavaNumber(b) && holds(ordered(a, b, frame));
  });
}

/** Numbers by value, objects of one class by equals(), others by their text. */
function equalValues(a: unknown, b: unknown, frame: Frame): boolean {
  if (typeof a === "string" && typeof b === "string") {
    // Only texts of one length are read.
    if (a.length === b.length && a.length > SHORT_TEXT) frame.budget.text(a.length);
    return a === b;
  }
  if (typeof a === "number" && typeof b === "number") return a === b;
  if (isJavaNumber(a) && isJavaNumber(b)) return ordered(a, b, frame) === 0;
  if (a !== null && b !== null && classesRelated(frame.classOf(a), frame.classOf(b))) {
    return javaEquals(a, b, frame.budget);
  }
  return textOrNull(a, frame) === textOrNull(b, frame);
}

function textOrNull(value: unknown, frame: Frame): string | null {
  if (value === null) return null;
  return value instanceof DefinedBlock ? value.toText() : frame.toText(value);
}

function compileArithmetic(operator: ArithmeticOperator, left: Evaluate, right: Evaluate): Evaluate {
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    return isJavaNumber(a) && isJavaNumber(b) ? calculated(operator, [a, b], frame) : null;
  };
}

/** What `calculate` gives, with the steps that long numbers cost. */
function calculated(
  operator: ArithmeticOperator,
  [a, b]: readonly [JavaNumber, JavaNumber],
  frame: Frame,
): unknown {
  chargeNumbers(a, b, frame);
  return calculate(operator, a, b);
}

function ordered(a: JavaNumber, b: JavaNumber, frame: Frame): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  chargeNumbers(a, b, frame);
  return compareNumbers(a, b);
}

function chargeNumbers(a: JavaNumber, b: JavaNumber, frame: Frame): void {
  const cost = numberCost(a) + numberCost(b);
  if (cost > 0) frame.budget.text(cost);
}

/** + also joins texts as soon as one side is a string; a side without a value gives its source text. */
function compileAddition(node: BinaryNode, left: Evaluate, right: Evaluate): Evaluate {
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === "number" && typeof b === "number") {
      const sum = a + b;
      if (sum === (sum | 0)) return sum;
    }
    if (typeof a === "string" || typeof b === "string") {
      const first = a === null ? literalBetween(node.left.first, node.left.last) : frame.toText(a);
      const second = b === null ? literalBetween(node.right.first, node.right.last) : frame.toText(b);
      frame.budget.join(first.length + second.length);
      return first + second;
    }
    return isJavaNumber(a) && isJavaNumber(b) ? calculated("+", [a, b], frame) : null;
  };
}
