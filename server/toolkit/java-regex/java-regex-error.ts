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
  if (index < 0) return `${description}\n${pattern}`;
  // Java counts code points.
  const before = [...pattern.slice(0, index)];
  const message = `${description} near index ${before.length}\n${pattern}`;
  if (before.length >= pattern.length) return message;
  return `${message}\n${before.map((character) => (character === "\t" ? "\t" : " ")).join("")}^`;
}

export function illegalReplacement(message: string): JavaRegexError {
  return new JavaRegexError(message, "java.lang.IllegalArgumentException");
}

export function noSuchGroup(group: number): JavaRegexError {
  return new JavaRegexError(`No group ${group}`, "java.lang.IndexOutOfBoundsException");
}
