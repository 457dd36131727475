import { CharacterIndex } from "./character-index";
import { CompiledPath } from "./compiled-path";
import { parseFilter } from "./filter-parser";
import { FilterStep } from "./filter-step";
import { parseFunctionArguments } from "./function-arguments";
import { FunctionStep } from "./function-step";
import { InvalidPathError } from "./json-path-error";
import { ArrayIndexStep, ArraySliceStep, PropertyStep, WildcardStep } from "./path-steps";
import type { PathToken } from "./path-token";
import { ScanStep } from "./scan-step";
import { unescapePathText } from "./unescape";

/** Steps of one path, and paths inside paths: far more than anyone writes. */
const MAX_STEPS = 500;
const MAX_NESTING = 50;

/**
 * @param nesting how many paths this one stands inside (filters and function arguments)
 * @throws InvalidPathError
 */
export function parsePath(path: string, nesting = 0): CompiledPath {
  if (path === "") throw new InvalidPathError("json can not be null or empty");
  if (nesting > MAX_NESTING) throw new InvalidPathError("paths are nested too deeply");
  try {
    let text = new CharacterIndex(path).trim();
    if (text.charAt(0) !== "$" && text.charAt(0) !== "@") text = new CharacterIndex(`$.${path}`).trim();
    if (text.last === ".") throw new InvalidPathError("Path must not end with a '.' or '..'");
    return new PathParser(text, nesting).parse();
  } catch (error) {
    if (error instanceof InvalidPathError) throw error;
    throw new InvalidPathError(error instanceof Error ? error.message : String(error));
  }
}

/** The path of a function argument: no blanks trimmed, nothing put before it. */
function parseArgumentPath(path: string, nesting: number): CompiledPath {
  if (nesting > MAX_NESTING) throw new InvalidPathError("paths are nested too deeply");
  return new PathParser(new CharacterIndex(path), nesting).parse();
}

class PathParser {
  private readonly tokens: PathToken[] = [];

  constructor(
    private readonly text: CharacterIndex,
    private readonly nesting: number,
  ) {}

  parse(): CompiledPath {
    const { text } = this;
    while (text.inBounds() && /[ \t\r\n]/.test(text.current)) text.advance();
    const root = text.current;
    if (root !== "$" && root !== "@") throw new InvalidPathError("Path must start with '$' or '@'");
    if (!text.isTail()) {
      text.advance();
      if (text.current !== "." && text.current !== "[") {
        throw new InvalidPathError(`Illegal character at position ${text.position} expected '.' or '['`);
      }
      do this.readStep();
      while (!text.isTail());
    }
    return new CompiledPath(this.tokens, root === "$");
  }

  private add(token: PathToken): true {
    if (this.tokens.length >= MAX_STEPS)
      throw new InvalidPathError(`the path has more than ${MAX_STEPS} steps`);
    this.tokens.push(token);
    return true;
  }

  private readStep(): void {
    const { text } = this;
    if (text.current === "[") {
      if (
        !this.readBracketNames() &&
        !this.readArrayIndexes() &&
        !this.readWildcard() &&
        !this.readFilter() &&
        !this.readPlaceholder()
      ) {
        throw new InvalidPathError(
          `Could not parse token starting at position ${text.position}. Expected ?, ', 0-9, * `,
        );
      }
      return;
    }
    if (text.current === ".") {
      this.readDots();
      this.readStep();
      return;
    }
    const read = text.current === "*" ? this.readWildcard() : this.readNameOrFunction();
    if (!read) throw new InvalidPathError(`Could not parse token starting at position ${text.position}`);
  }

  private readDots(): void {
    const { text } = this;
    if (text.inBounds(text.position + 1) && text.charAt(text.position + 1) === ".") {
      this.add(new ScanStep());
      text.advance(2);
    } else if (!text.inBounds(text.position + 1)) {
      throw new InvalidPathError("Path must not end with a '.");
    } else {
      text.advance();
    }
    if (text.current === ".") {
      throw new InvalidPathError(`Character '.' on position ${text.position} is not valid.`);
    }
  }

  /** name, or name(arguments) */
  private readNameOrFunction(): boolean {
    const { text } = this;
    if ("[*. ".includes(text.current)) return false;
    const start = text.position;
    let end = start;
    while (text.inBounds(end) && !".[( ".includes(text.charAt(end))) end += 1;
    if (text.inBounds(end) && text.charAt(end) === " ") {
      throw new InvalidPathError(
        `Use bracket notion ['my prop'] if your property contains blank characters. position: ${text.position}`,
      );
    }
    const name = text.slice(start, end);
    if (text.inBounds(end) && text.charAt(end) === "(") return this.readFunction(name, end);
    text.position = end;
    return this.add(new PropertyStep([name]));
  }

  private readFunction(name: string, open: number): true {
    const { text } = this;
    let depth = 1;
    for (let i = open + 1; i < text.length && depth > 0; i += 1) {
      if (text.charAt(i) === ")") depth -= 1;
      else if (text.charAt(i) === "(") depth += 1;
    }
    if (depth !== 0) {
      throw new InvalidPathError(`Arguments to function: '${name}' are not closed properly.`);
    }
    // Without arguments the position stays on the parenthesis: `a.length().b` looks for a property ")".
    text.position = open + 1;
    if (text.current === ")") return this.add(new FunctionStep(name, []));
    return this.add(
      new FunctionStep(
        name,
        parseFunctionArguments(text, name, (path) => parseArgumentPath(path, this.nesting + 1)),
      ),
    );
  }

  /** [?]: a filter given from outside, of which there is never one. */
  private readPlaceholder(): boolean {
    const { text } = this;
    const mark = text.indexOfNextSignificant("?");
    if (mark < 0) return false;
    const next = text.nextSignificant(mark);
    if (next !== "]" && next !== ",") return false;
    const end = text.nextIndexOf("]", text.position + 1);
    if (end < 0) return false;
    throw new InvalidPathError(
      `Not enough predicates supplied for filter [${text.slice(text.position + 1, end)}] at position ${text.position}`,
    );
  }

  private readFilter(): boolean {
    const { text } = this;
    const mark = text.indexOfNextSignificant("?");
    if (mark < 0) return false;
    const open = text.indexOfNextSignificant("(", mark);
    if (open < 0) return false;
    const close = text.matchingClose(open, "()", true);
    if (close < 0 || text.nextSignificant(close) !== "]") return false;
    const end = text.indexOfNextSignificant("]", close);
    const criteria = text.slice(text.position, end + 1);
    this.add(new FilterStep(parseFilter(criteria, (path) => parsePath(path, this.nesting + 1))));
    text.position = end + 1;
    return true;
  }

  private readWildcard(): boolean {
    const { text } = this;
    if (text.current === "[") {
      if (text.nextSignificant() !== "*") return false;
      const star = text.indexOfNextSignificant("*");
      if (text.nextSignificant(star) !== "]") {
        throw new InvalidPathError(`Expected wildcard token to end with ']' on position ${star + 1}`);
      }
      text.position = text.indexOfNextSignificant("]", star) + 1;
    } else {
      text.advance();
    }
    return this.add(new WildcardStep());
  }

  private readArrayIndexes(): boolean {
    const { text } = this;
    if (!/[\d:-]/.test(text.nextSignificant())) return false;
    const end = text.nextIndexOf("]", text.position + 1);
    if (end < 0) return false;
    const written = text.slice(text.position + 1, end);
    // Java cuts off ASCII's blanks only.
    const expression = /[\u0080-\uffff]/.test(written) ? written : written.trim();
    if (!/^[\d,:\- ]*$/.test(expression)) return false;
    this.add(expression.includes(":") ? parseSlice(expression) : parseIndexes(expression));
    text.position = end + 1;
    return true;
  }

  private readBracketNames(): boolean {
    const { text } = this;
    const quote = text.nextSignificant();
    if (quote !== "'" && quote !== '"') return false;
    const { names, end } = this.readQuotedNames(quote);
    const close = text.indexOfNextSignificant("]", end);
    if (close < 0) throw new InvalidPathError("Property has not been closed - missing closing ]");
    text.position = close + 1;
    return this.add(new PropertyStep(names));
  }

  /** The names, and the index of the last closing quote (0 where there is none). */
  private readQuotedNames(quote: string): { names: string[]; end: number } {
    const { text } = this;
    const names: string[] = [];
    let start = -1;
    let end = 0;
    let afterComma = false;
    for (let i = text.position + 1; text.inBounds(i); i += 1) {
      const character = text.charAt(i);
      const inName = start >= 0;
      if (character === "\\") {
        i += 1;
      } else if (character === quote && inName) {
        const next = text.nextSignificant(i);
        if (next !== "]" && next !== ",") {
          throw new InvalidPathError(
            `Property must be separated by comma or Property must be terminated close square bracket at index ${i}`,
          );
        }
        names.push(unescapePathText(text.slice(start, i)));
        start = -1;
        end = i;
      } else if (character === quote) {
        start = i + 1;
        afterComma = false;
      } else if (!inName && (character === "]" || character === ",")) {
        if (afterComma) throw new InvalidPathError(`Found empty property at index ${i}`);
        if (character === "]") break;
        afterComma = true;
      }
    }
    if (start >= 0) throw new InvalidPathError(`Property has not been closed - missing closing ${quote}`);
    return { names, end };
  }
}

function parseSlice(expression: string): ArraySliceStep {
  const failure = `Failed to parse SliceOperation: ${expression}`;
  if (/[^\d:-]/.test(expression)) throw new InvalidPathError(failure);
  const [from = "", to = ""] = expression.split(":");
  if (from === "" && to === "") throw new InvalidPathError(failure);
  return new ArraySliceStep(
    from === "" ? undefined : parseInt32(from, failure),
    to === "" ? undefined : parseInt32(to, failure),
  );
}

function parseIndexes(expression: string): ArrayIndexStep {
  const failure = `Failed to parse token in ArrayIndexOperation: ${expression}`;
  return new ArrayIndexStep(expression.split(/\s*,\s*/).map((token) => parseInt32(token, failure)));
}

function parseInt32(text: string, failure: string): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value !== (value | 0)) throw new InvalidPathError(failure);
  return value + 0;
}
