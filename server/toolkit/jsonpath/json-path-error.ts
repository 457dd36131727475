/**
 * A path that cannot be evaluated on this document. The message is Jayway's where Jayway has one, javaName
 * the class of what Jayway throws.
 */
export class JsonPathError extends Error {
  override readonly name: string = "JsonPathError";
  readonly javaName: string = "com.jayway.jsonpath.JsonPathException";
}

/** A path that is not valid, or not valid for the value it meets. */
export class InvalidPathError extends JsonPathError {
  override readonly name = "InvalidPathError";
  override readonly javaName = "com.jayway.jsonpath.InvalidPathException";
}

/** An index outside a list: inside an index step of a path it only means "no match". */
export class PathIndexError extends JsonPathError {
  override readonly name = "PathIndexError";
  override readonly javaName = "java.lang.IndexOutOfBoundsException";
}

/** A definite step found nothing. Thrown as this one value: it never leaves the folder. */
export const PATH_NOT_FOUND: unique symbol = Symbol("path not found");
