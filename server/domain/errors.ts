export type ServiceErrorCode =
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "UNAUTHENTICATED"
  | "CONFLICT"
  | "INVALID"
  | "LIMIT"
  | "UNAVAILABLE";

/** What a service refuses. The message is public text; `fieldPath` names the input field it is about. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  readonly fieldPath: string | undefined;
  /** Plain data for the client, such as an import error's position or the current revision. */
  readonly details: unknown;

  constructor(code: ServiceErrorCode, message: string, more: { fieldPath?: string; details?: unknown } = {}) {
    super(message);
    this.name = "ServiceError";
    this.code = code;
    this.fieldPath = more.fieldPath;
    this.details = more.details;
  }
}

/**
 * `BAD_REQUEST`, `NOT_FOUND` and `CONFLICT` are AWS's BadRequestException, NotFoundException and ConflictException;
 * `VALIDATION` is its ValidationException (a value outside the shape of the input).
 */
export type EditErrorCode = "BAD_REQUEST" | "NOT_FOUND" | "CONFLICT" | "VALIDATION";

/** Why an edit cannot be applied. `path` leads into the definition, to the entity the edit was about. */
export class EditError extends Error {
  readonly code: EditErrorCode;
  readonly path: readonly (string | number)[];

  constructor(code: EditErrorCode, message: string, path: readonly (string | number)[] = []) {
    super(message);
    this.name = "EditError";
    this.code = code;
    this.path = path;
  }
}
