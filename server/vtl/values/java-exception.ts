/** A Java exception thrown by a method a template calls, or by Velocity's own arithmetic and loops. */
export class JavaException extends Error {
  constructor(
    /** Fully qualified, such as `java.lang.StringIndexOutOfBoundsException`. */
    readonly className: string,
    message: string | null,
  ) {
    super(message ?? "null");
  }

  override toString(): string {
    return `${this.className}: ${this.message}`;
  }
}

/** Java's reflection refused the call itself: the method never ran. */
export class CallRefused extends JavaException {
  constructor(message: string) {
    super("java.lang.IllegalArgumentException", message);
  }
}

export function indexOutOfBounds(index: number, length: number): JavaException {
  return new JavaException(
    "java.lang.IndexOutOfBoundsException",
    `Index ${index} out of bounds for length ${length}`,
  );
}

export function nullPointer(what: string): JavaException {
  return new JavaException("java.lang.NullPointerException", `${what} is null`);
}

export function illegalArgument(message: string): JavaException {
  return new JavaException("java.lang.IllegalArgumentException", message);
}

export function unsupportedOperation(): JavaException {
  return new JavaException("java.lang.UnsupportedOperationException", null);
}

export function concurrentModification(): JavaException {
  return new JavaException("java.util.ConcurrentModificationException", null);
}

export function numberFormat(text: string): JavaException {
  return new JavaException("java.lang.NumberFormatException", `For input string: "${text}"`);
}
