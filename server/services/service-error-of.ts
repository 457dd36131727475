import { EditError, ServiceError, type ServiceErrorCode } from "@/server/domain/errors";

const EDIT_CODES: Record<EditError["code"], ServiceErrorCode> = {
  BAD_REQUEST: "INVALID",
  VALIDATION: "INVALID",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
};

/** Prisma's codes for a server that cannot be reached, is too busy or was lost on the way. */
const DATABASE_AWAY = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);

/** A row that was there when it was looked up is not when it is written, or what it is tied to is not. */
const GONE = new Set(["P2003", "P2025"]);

/** What a refused change is to callers that know service errors only; null for everything that is a bug. */
export function serviceErrorOf(error: unknown): ServiceError | null {
  if (error instanceof ServiceError) return error;
  if (error instanceof EditError) {
    return new ServiceError(EDIT_CODES[error.code], error.message, {
      fieldPath: error.path.join(".") || undefined,
      details: { path: error.path },
    });
  }
  if (isDatabaseAway(error))
    return new ServiceError("UNAVAILABLE", "The database does not answer: try again");
  if (GONE.has((error as { code?: string } | null)?.code ?? ""))
    return new ServiceError("CONFLICT", "Somebody else deleted this in the meantime");
  if (isRefusedText(error))
    return new ServiceError("INVALID", "The text holds a character that cannot be stored (NUL)");
  return null;
}

/** PostgreSQL's text has no NUL: names, ids and searches may come with one. */
function isRefusedText(error: unknown): boolean {
  const { meta } = (error ?? {}) as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return meta?.driverAdapterError?.cause?.originalCode === "22021";
}

function isDatabaseAway(error: unknown): boolean {
  const { code, errorCode } = (error ?? {}) as { code?: string; errorCode?: string };
  return DATABASE_AWAY.has(code ?? errorCode ?? "");
}
