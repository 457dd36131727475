import { compileJavaRegex } from "../java-regex/compile-java-regex";
import { CharacterIndex } from "./character-index";
import type { CompiledPath } from "./compiled-path";
import type { Evaluation } from "./evaluation";
import { evaluatePathNode, type FilterNode, numberNode, type PathNode, pathExists } from "./filter-node";
import { type FilterOperator, filterOperator } from "./filter-operators";
import type { Predicate } from "./filter-step";
import { InvalidPathError } from "./json-path-error";
import { unescapePathText } from "./unescape";

const MAX_PARENTHESES = 200;
type ParsePath = (path: string) => CompiledPath;

const REGEX_FLAGS = "dixmsuU";

/**
 * @param criteria the whole step, "[?(…)]"
 * @param parsePath compiles a path inside the filter
 * @throws InvalidPathError
 */
export function parseFilter(criteria: string, parsePath: ParsePath): Predicate {
  const text = new CharacterIndex(criteria).trim();
  text.advance();
  text.shortenEnd();
  text.trim();
  text.advance();
  text.trim();
  if (text.current !== "(" || text.last !== ")") {
    throw new InvalidPathError(`Filter must start with '[?(' and end with ')]'. ${criteria}`);
  }
  const parser = new FilterParser(text, parsePath);
  try {
    return parser.parse();
  } catch (error) {
    if (error instanceof InvalidPathError) throw error;
    throw new InvalidPathError(`Failed to parse filter: ${criteria}, error on position: ${text.position}`);
  }
}

/**
 * or = and { "||" and }; and = operand { "&&" operand };
 * operand = comparison | "(" or ")" | "!" operand; comparison = value [ operator value ]
 */
class FilterParser {
  private parentheses = 0;

  constructor(
    private readonly text: CharacterIndex,
    private readonly parsePath: ParsePath,
  ) {}

  parse(): Predicate {
    const predicate = this.readOr();
    this.text.skipBlanks();
    if (this.text.inBounds()) {
      const rest = this.text.slice(this.text.position, this.text.length);
      throw new InvalidPathError(`Expected end of filter expression instead of: ${rest}`);
    }
    return predicate;
  }

  private readOr(): Predicate {
    const operands = this.readChain("||", () => this.readAnd());
    if (operands.length === 1) return operands[0] as Predicate;
    return { test: (item, evaluation) => operands.some((operand) => operand.test(item, evaluation)) };
  }

  private readAnd(): Predicate {
    const operands = this.readChain("&&", () => this.readOperand());
    if (operands.length === 1) return operands[0] as Predicate;
    return { test: (item, evaluation) => operands.every((operand) => operand.test(item, evaluation)) };
  }

  private readChain(operator: string, read: () => Predicate): Predicate[] {
    const operands = [read()];
    for (;;) {
      const before = this.text.position;
      if (!this.text.accept(operator)) {
        this.text.position = before;
        return operands;
      }
      operands.push(read());
    }
  }

  private readOperand(): Predicate {
    const { text } = this;
    const start = text.skipBlanks().position;
    if (text.current === "!") {
      text.expect("!");
      if (!"$@".includes(text.skipBlanks().current)) {
        this.enter();
        const operand = this.readOperand();
        return { test: (item, evaluation) => !operand.test(item, evaluation) };
      }
      // "!@.a" is a check of its own, not the negation of one.
      text.position = start;
    }
    if (text.skipBlanks().current !== "(") return this.readComparison();
    text.expect("(");
    this.enter();
    const inner = this.readOr();
    text.expect(")");
    return inner;
  }

  private enter(): void {
    this.parentheses += 1;
    if (this.parentheses > MAX_PARENTHESES) throw new InvalidPathError("the filter is nested too deeply");
  }

  private readComparison(): Predicate {
    const left = this.readValue();
    const afterLeft = this.text.position;
    try {
      const operator = this.readOperator();
      return new Comparison({ left, operator, right: this.readValue(), isPath: (path) => this.isPath(path) });
    } catch (error) {
      if (!(error instanceof InvalidPathError)) throw error;
      this.text.position = afterLeft;
    }
    if (left.kind !== "path") throw new InvalidPathError("Expected path node");
    const { path, shouldExist } = left;
    return { test: (item, evaluation) => pathExists(path, item, evaluation) === shouldExist };
  }

  private isPath(text: string): boolean {
    try {
      this.parsePath(text);
      return true;
    } catch {
      return false;
    }
  }

  private readOperator(): FilterOperator {
    const { text } = this;
    const start = text.skipBlanks().position;
    if (isOperatorCharacter(text.current)) {
      while (text.inBounds() && isOperatorCharacter(text.current)) text.advance();
    } else {
      while (text.inBounds() && text.current !== " ") text.advance();
    }
    return filterOperator(text.slice(start, text.position));
  }

  private readValue(): FilterNode {
    const { text } = this;
    switch (text.skipBlanks().current) {
      case "$":
      case "@":
        return this.readPath();
      case "!":
        text.advance();
        if ("$@".includes(text.skipBlanks().current)) return this.readPath();
        throw new InvalidPathError("Unexpected character: !");
      case "'":
      case '"':
        return this.readString(text.current);
      case "t":
      case "f":
        return this.readBoolean();
      case "n":
        return this.readNull();
      case "{":
        return this.readLiteral("{}");
      case "[":
        return this.readLiteral("[]");
      case "/":
        return this.readPattern();
      default:
        return this.readNumber();
    }
  }

  private readNull(): FilterNode {
    const { text } = this;
    if (!text.inBounds(text.position + 3) || text.slice(text.position, text.position + 4) !== "null") {
      throw new InvalidPathError("Expected <null> value");
    }
    text.advance(4);
    return { kind: "null" };
  }

  private readBoolean(): FilterNode {
    const { text } = this;
    const length = text.current === "t" ? 4 : 5;
    const word = text.inBounds(text.position + length - 1)
      ? text.slice(text.position, text.position + length)
      : "";
    if (word !== "true" && word !== "false") throw new InvalidPathError("Expected boolean literal");
    text.advance(length);
    return { kind: "boolean", value: word === "true" };
  }

  private readNumber(): FilterNode {
    const { text } = this;
    const start = text.position;
    while (text.inBounds() && /[\d.eE-]/.test(text.current)) text.advance();
    return numberNode(text.slice(start, text.position));
  }

  private readString(quote: string): FilterNode {
    const { text } = this;
    const start = text.position;
    const end = text.nextUnescaped(quote);
    if (end < 0) {
      throw new InvalidPathError(
        `String literal does not have matching quotes. Expected ${quote} in ${text.text}`,
      );
    }
    text.position = end + 1;
    return { kind: "string", value: unescapePathText(text.slice(start + 1, end)) };
  }

  private readLiteral(brackets: "{}" | "[]"): FilterNode {
    const { text } = this;
    const start = text.position;
    const end = text.matchingClose(start, brackets, false);
    if (end < 0) throw new InvalidPathError(`String not closed. Expected ' in ${text.text}`);
    text.position = end + 1;
    return { kind: "literal", text: text.slice(start, end + 1) };
  }

  private readPattern(): FilterNode {
    const { text } = this;
    const start = text.position + 1;
    const end = text.nextUnescaped("/");
    if (end < 0) throw new InvalidPathError(`Pattern not closed. Expected / in ${text.text}`);
    text.position = end + 1;
    let flags = "";
    while (text.inBounds() && REGEX_FLAGS.includes(text.current)) {
      flags += text.current;
      text.advance();
    }
    return { kind: "pattern", regex: compileJavaRegex(text.slice(start, end), flags) };
  }

  private readPath(): PathNode {
    const { text } = this;
    const before = text.previousSignificantIndex();
    const shouldExist = before < 0 || text.charAt(before) !== "!";
    const start = text.position;
    text.advance();
    while (text.inBounds()) {
      if (text.current === "[") {
        const close = text.matchingClose(text.position, "[]", false);
        if (close < 0) throw new InvalidPathError(`Square brackets does not match in filter ${text.text}`);
        text.position = close + 1;
      }
      const closesLogic = text.current === ")" && !this.closesFunction(start);
      if (!text.inBounds() || isOperatorCharacter(text.current) || text.current === " " || closesLogic) break;
      text.advance();
    }
    const path = this.parsePath(text.slice(start, text.position));
    return { kind: "path", path, shouldExist };
  }

  /** The parenthesis at the position ends a call without arguments, as in `@.a.length()`. */
  private closesFunction(pathStart: number): boolean {
    const { text } = this;
    const open = text.previousSignificantIndex();
    if (open < 0 || text.charAt(open) !== "(") return false;
    return text.text.slice(pathStart + 1, open).includes(".");
  }
}

class Comparison implements Predicate {
  constructor(
    private readonly parts: {
      readonly left: FilterNode;
      readonly operator: FilterOperator;
      readonly right: FilterNode;
      readonly isPath: (text: string) => boolean;
    },
  ) {}

  test(item: unknown, evaluation: Evaluation): boolean {
    const { left, operator, right, isPath } = this.parts;
    const { budget } = evaluation;
    return operator(operand(left, item, evaluation), operand(right, item, evaluation), { isPath, budget });
  }
}

function operand(node: FilterNode, item: unknown, evaluation: Evaluation): FilterNode {
  return node.kind === "path" ? evaluatePathNode(node, item, evaluation) : node;
}

function isOperatorCharacter(character: string): boolean {
  return "<>=~!".includes(character);
}
