import type { CharacterIndex } from "./character-index";
import type { CompiledPath } from "./compiled-path";
import type { FunctionArgument } from "./function-step";
import { InvalidPathError } from "./json-path-error";

/**
 * Reads the arguments of a function call, from after the opening parenthesis to after the closing one.
 * An argument that starts with $ or @ is a path, one that starts like JSON ({, digit, ", -) is JSON;
 * others are left out. Commas and the parenthesis end an argument only outside quotes and brackets.
 *
 * @throws InvalidPathError
 */
export function parseFunctionArguments(
  text: CharacterIndex,
  functionName: string,
  parsePath: (path: string) => CompiledPath,
): FunctionArgument[] {
  return new ArgumentReader(text, parsePath).read(functionName);
}

class ArgumentReader {
  private readonly args: FunctionArgument[] = [];
  private argument = "";
  private kind: "path" | "json" | undefined;
  private parentheses = 1;
  private brackets = 0;
  private braces = 0;
  private quotes = 0;

  constructor(
    private readonly text: CharacterIndex,
    private readonly parsePath: (path: string) => CompiledPath,
  ) {}

  read(functionName: string): FunctionArgument[] {
    const { text } = this;
    let previous = "";
    let done = false;
    while (text.inBounds() && !done) {
      const character = text.current;
      text.advance();
      if (this.kind === undefined) {
        if (/[ \t\r\n]/.test(character)) continue;
        this.kind = kindOf(character);
      }
      if (character === "\\" && this.quotes === 1 && /[,"]/.test(text.current)) {
        this.argument += text.current;
        text.advance();
        previous = "";
        continue;
      }
      this.count(character, previous);
      if (this.endsArgument(character)) {
        done = this.parentheses === 0;
        this.finish();
      }
      if (this.kind !== undefined && !this.separates(character)) this.argument += character;
      previous = character;
    }
    if (this.braces !== 0 || this.parentheses !== 0 || this.brackets !== 0) {
      throw new InvalidPathError(`Arguments to function: '${functionName}' are not closed properly.`);
    }
    return this.args;
  }

  private count(character: string, previous: string): void {
    switch (character) {
      case '"':
        this.quotes += previous !== "\\" && this.quotes > 0 ? -1 : 1;
        break;
      case "(":
        this.parentheses += 1;
        break;
      case ")":
        this.parentheses -= 1;
        if (this.parentheses < 0 || previous === "(") this.argument += ")";
        break;
      case "{":
        this.braces += 1;
        break;
      case "[":
        this.brackets += 1;
        break;
      case "}":
        if (this.braces === 0) this.unexpected("brace '}'");
        this.braces -= 1;
        break;
      case "]":
        if (this.brackets === 0) this.unexpected("bracket ']'");
        this.brackets -= 1;
        break;
    }
  }

  private unexpected(what: string): never {
    throw new InvalidPathError(`Unexpected close ${what} at character position: ${this.text.position}`);
  }

  private endsArgument(character: string): boolean {
    if (character !== ")" && character !== ",") return false;
    if (this.quotes !== 0 || this.braces !== 0 || this.brackets !== 0) return false;
    return this.parentheses === 1 || (this.parentheses === 0 && character === ")");
  }

  private separates(character: string): boolean {
    return character === "," && this.braces === 0 && this.brackets === 0 && this.parentheses === 1;
  }

  private finish(): void {
    if (this.kind === undefined) return;
    this.args.push(
      this.kind === "path"
        ? { kind: "path", path: this.parsePath(this.argument) }
        : { kind: "json", text: this.argument },
    );
    this.argument = "";
    this.kind = undefined;
  }
}

function kindOf(character: string): "path" | "json" | undefined {
  if (character === "$" || character === "@") return "path";
  return /[{\d"-]/.test(character) ? "json" : undefined;
}
