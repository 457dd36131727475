import { EditError, ServiceError, type ServiceErrorCode } from "@/server/domain/errors";

const EDIT_CODES: Record<EditError["code"], ServiceErrorCode> = {
  BAD_REQUEST: "INVALID",
  VALIDATION: "INVALID",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
};

/** What a refused change is to callers that know service errors only; null for everything that is a bug. */
export function serviceErrorOf(error: unknown): ServiceError | null {
  if (error instanceof ServiceError) return error;
  if (error instanceof EditError) {
    return new ServiceError(EDIT_CODES[error.code], error.message, {
      fieldPath: error.path.join(".") || undefined,
      details: { path: error.path },
    });
  }
  return null;
}
