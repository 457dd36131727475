import type { ServiceErrorCode } from "@/server/domain/errors";

export type Failure = {
  code: ServiceErrorCode | "OFFLINE" | "BUG";
  message: string;
  /** Dotted path of the input field the message is about. */
  fieldPath?: string;
  details?: unknown;
};

type Shape = {
  message?: string;
  data?: {
    code?: string;
    service?: { code: ServiceErrorCode; fieldPath: string | null; details: unknown } | null;
    zod?: { fieldErrors?: Record<string, string[] | undefined> } | null;
  } | null;
};

/** tRPC's own refusals, which no service error stands behind. */
const TRANSPORT_CODES: Record<string, ServiceErrorCode> = {
  UNAUTHORIZED: "UNAUTHENTICATED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
};

/** Reads what a failed call says: the service's code, its public text and the field it is about. */
export function failureOf(error: unknown): Failure {
  const { message, data } = (error ?? {}) as Shape;
  if (!data)
    return {
      code: "OFFLINE",
      message: "The console's server does not answer. Check that it is running and try again.",
      details: message,
    };
  if (data.service) {
    const { code, fieldPath, details } = data.service;
    return { code, message: message || "Refused", details, ...(fieldPath ? { fieldPath } : {}) };
  }
  const [field] = Object.entries(data.zod?.fieldErrors ?? {});
  if (field)
    return { code: "INVALID", fieldPath: field[0], message: field[1]?.[0] ?? "This value is not valid" };
  return {
    code: TRANSPORT_CODES[data.code ?? ""] ?? "BUG",
    message: message || "Something went wrong on the server.",
  };
}

/** The failure's message if it is about `field` (or a part of it), for the Field's `error`. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!error) return undefined;
  const failure = failureOf(error);
  const path = failure.fieldPath;
  return path === field || path?.startsWith(`${field}.`) ? failure.message : undefined;
}

/** The message when it is about none of the fields on screen. */
export function formError(error: unknown, fields: readonly string[]): string | undefined {
  if (!error) return undefined;
  return fields.some((field) => fieldError(error, field)) ? undefined : failureOf(error).message;
}
