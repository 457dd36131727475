/** `SYNTAX`: no JSON and no YAML; `NOT_OPENAPI`: neither OpenAPI 3 nor Swagger 2; `LIMIT`: too large or too deep. */
export type ImportErrorCode = "SYNTAX" | "NOT_OPENAPI" | "LIMIT" | "INVALID";

/** Why a document cannot be imported at all. Lines and columns are 1-based; `path` is a JSON pointer. */
export class ImportError extends Error {
  readonly code: ImportErrorCode;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly path: string | undefined;

  constructor(
    code: ImportErrorCode,
    message: string,
    at: { line?: number | undefined; column?: number | undefined; path?: string | undefined } = {},
  ) {
    super(message);
    this.name = "ImportError";
    this.code = code;
    this.line = at.line;
    this.column = at.column;
    this.path = at.path;
  }
}
