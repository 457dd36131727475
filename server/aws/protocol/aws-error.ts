import { EditError, ServiceError, type ServiceErrorCode } from "@/server/domain/errors";
import { serviceErrorOf } from "@/server/services/service-error-of";

const STATUSES = {
  BadRequestException: 400,
  ValidationException: 400,
  SerializationException: 400,
  UnauthorizedException: 401,
  AccessDeniedException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  NotFoundException: 404,
  UnknownOperationException: 404,
  ConflictException: 409,
  RequestEntityTooLargeException: 413,
  LimitExceededException: 429,
  TooManyRequestsException: 429,
  InternalFailure: 500,
  NotImplementedException: 501,
  ServiceUnavailableException: 503,
} as const;
export type AwsErrorCode = keyof typeof STATUSES;

/** A refusal in AWS's words: the code travels in x-amzn-ErrorType, the message in the body. */
export class AwsError extends Error {
  readonly status: number;

  constructor(
    readonly code: AwsErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "AwsError";
    this.status = STATUSES[code];
  }
}

export const badRequest = (message: string) => new AwsError("BadRequestException", message);
export const notFound = (message: string) => new AwsError("NotFoundException", message);
export const conflict = (message: string) => new AwsError("ConflictException", message);

const EDIT_CODES: Record<EditError["code"], AwsErrorCode> = {
  BAD_REQUEST: "BadRequestException",
  VALIDATION: "ValidationException",
  NOT_FOUND: "NotFoundException",
  CONFLICT: "ConflictException",
};

const SERVICE_CODES: Record<ServiceErrorCode, AwsErrorCode> = {
  NOT_FOUND: "NotFoundException",
  FORBIDDEN: "AccessDeniedException",
  UNAUTHENTICATED: "UnrecognizedClientException",
  CONFLICT: "ConflictException",
  INVALID: "BadRequestException",
  LIMIT: "LimitExceededException",
  UNAVAILABLE: "ServiceUnavailableException",
};

/** What went wrong as an AwsError; null for a bug. */
export function awsErrorOf(error: unknown): AwsError | null {
  if (error instanceof AwsError) return error;
  if (error instanceof EditError) {
    // The edits speak AWS's words, but where only Zod found something wrong the value is no part of AWS's shape either.
    const isZod = error.code === "VALIDATION" && !error.message.includes("validation error");
    return new AwsError(isZod ? "BadRequestException" : EDIT_CODES[error.code], error.message);
  }
  const known = serviceErrorOf(error);
  return known instanceof ServiceError ? new AwsError(SERVICE_CODES[known.code], known.message) : null;
}
