/** What Java throws for a pattern or replacement; javaName is the class it throws. */
export class JavaRegexError extends Error {
  override readonly name: string = "JavaRegexError";
  constructor(
    message: string,
    readonly javaName: string,
  ) {
    super(message);
  }
}

/** A pattern Java refuses, or one with a construct that needs backtracking and is not supported here. */
export class PatternSyntaxError extends JavaRegexError {
  override readonly name = "PatternSyntaxError";
  constructor(description: string, index: number, pattern: string) {
    super(patternMessage(description, index, pattern), "java.util.regex.PatternSyntaxException");
  }
}

function patternMessage(description: string, index: number, pattern: string): string {
  const message = `${description} near index ${index}\n${pattern}`;
  if (index >= pattern.length) return message;
  return `${message}\n${pattern.slice(0, index).replace(/[^\t]/g, " ")}^`;
}

export function illegalReplacement(message: string): JavaRegexError {
  return new JavaRegexError(message, "java.lang.IllegalArgumentException");
}

export function noSuchGroup(group: number): JavaRegexError {
  return new JavaRegexError(`No group ${group}`, "java.lang.IndexOutOfBoundsException");
}
