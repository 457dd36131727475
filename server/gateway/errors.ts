import type { GatewayResponseType } from "./snapshot/gateway-response";

/**
 * A request that ends with one of the API's gateway responses.
 * `publicMessage` is what `$context.error.message` shows; null shows as null.
 * `logLine` goes to the execution log only.
 */
export class GatewayError extends Error {
  readonly type: GatewayResponseType;
  readonly publicMessage: string | null;
  readonly logLine: string | null;
  /** Replaces the type's default status where the API has not set one of its own. */
  readonly defaultStatus: number | null;
  readonly validationError: string | null;
  /** `x-amzn-ErrorType` where it is not the type's usual one. */
  readonly errorTypeHeader: string | null;
  /** Where in a template it happened. */
  readonly place: { readonly line: number; readonly column: number } | null;

  constructor(
    type: GatewayResponseType,
    detail: {
      publicMessage?: string | null;
      logLine?: string;
      defaultStatus?: number;
      validationError?: string;
      errorTypeHeader?: string;
      place?: { line: number; column: number } | null;
      cause?: unknown;
    } = {},
  ) {
    const text = detail.publicMessage === undefined ? DEFAULT_MESSAGES[type] : detail.publicMessage;
    super(detail.logLine ?? text ?? type, { cause: detail.cause });
    this.name = "GatewayError";
    this.type = type;
    this.publicMessage = text;
    this.logLine = detail.logLine ?? null;
    this.defaultStatus = detail.defaultStatus ?? null;
    this.validationError = detail.validationError ?? null;
    this.errorTypeHeader = detail.errorTypeHeader ?? null;
    this.place = detail.place ?? null;
  }
}

/** A 500 for something wrong in the API's configuration; `reason` is for the log. */
export function configurationError(reason: string, cause?: unknown): GatewayError {
  return new GatewayError("API_CONFIGURATION_ERROR", {
    logLine: `Execution failed due to configuration error: ${reason}`,
    cause,
  });
}

/** Texts clients read in `message` (recorded: gateway response defaults, 403, 429 and 5xx answers). */
const DEFAULT_MESSAGES: Record<GatewayResponseType, string | null> = {
  ACCESS_DENIED: "User is not authorized to access this resource",
  API_CONFIGURATION_ERROR: "Internal server error",
  AUTHORIZER_CONFIGURATION_ERROR: null,
  AUTHORIZER_FAILURE: null,
  BAD_REQUEST_PARAMETERS: "Missing required request parameters",
  BAD_REQUEST_BODY: "Invalid request body",
  DEFAULT_4XX: "Bad request",
  DEFAULT_5XX: "Internal server error",
  EXPIRED_TOKEN: "The security token included in the request is expired",
  INTEGRATION_FAILURE: "Network error communicating with endpoint",
  INTEGRATION_TIMEOUT: "Endpoint request timed out",
  INVALID_API_KEY: "Forbidden",
  INVALID_SIGNATURE:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  MISSING_AUTHENTICATION_TOKEN: "Missing Authentication Token",
  QUOTA_EXCEEDED: "Limit Exceeded",
  REQUEST_TOO_LARGE: "Request Too Long",
  RESOURCE_NOT_FOUND: "Not Found",
  THROTTLED: "Too Many Requests",
  UNAUTHORIZED: "Unauthorized",
  UNSUPPORTED_MEDIA_TYPE: "Unsupported Media Type",
  WAF_FILTERED: "Forbidden",
};

/** `x-amzn-ErrorType` of each gateway response type. */
export const ERROR_TYPE_HEADERS: Readonly<Record<GatewayResponseType, string>> = {
  ACCESS_DENIED: "AccessDeniedException",
  API_CONFIGURATION_ERROR: "InternalServerErrorException",
  AUTHORIZER_CONFIGURATION_ERROR: "AuthorizerConfigurationException",
  AUTHORIZER_FAILURE: "AuthorizerFailureException",
  BAD_REQUEST_PARAMETERS: "BadRequestException",
  BAD_REQUEST_BODY: "BadRequestException",
  DEFAULT_4XX: "BadRequestException",
  DEFAULT_5XX: "InternalServerErrorException",
  EXPIRED_TOKEN: "ExpiredTokenException",
  INTEGRATION_FAILURE: "InternalServerErrorException",
  INTEGRATION_TIMEOUT: "InternalServerErrorException",
  INVALID_API_KEY: "ForbiddenException",
  INVALID_SIGNATURE: "InvalidSignatureException",
  MISSING_AUTHENTICATION_TOKEN: "MissingAuthenticationTokenException",
  QUOTA_EXCEEDED: "LimitExceededException",
  REQUEST_TOO_LARGE: "RequestTooLargeException",
  RESOURCE_NOT_FOUND: "ResourceNotFoundException",
  THROTTLED: "TooManyRequestsException",
  UNAUTHORIZED: "UnauthorizedException",
  UNSUPPORTED_MEDIA_TYPE: "BadRequestException",
  WAF_FILTERED: "ForbiddenException",
};
