import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import type { ServiceErrorCode } from "@/server/domain/errors";
import { serviceErrorOf } from "@/server/services/service-error-of";
import { log } from "./log";

const TRPC_CODES: Record<ServiceErrorCode, TRPCError["code"]> = {
  NOT_FOUND: "NOT_FOUND",
  FORBIDDEN: "FORBIDDEN",
  UNAUTHENTICATED: "UNAUTHORIZED",
  CONFLICT: "CONFLICT",
  INVALID: "BAD_REQUEST",
  LIMIT: "TOO_MANY_REQUESTS",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
};

/** What a client reads in `error.data.service`. */
export type ServiceFailure = { code: ServiceErrorCode; fieldPath: string | null; details: unknown };

/** The one place where what went wrong becomes what a client is told. */
export function toTrpcError(error: TRPCError, path: string): TRPCError {
  if (error.code !== "INTERNAL_SERVER_ERROR") return error;
  const known = serviceErrorOf(error.cause);
  if (known?.code === "UNAVAILABLE") log().error({ err: error.cause, path }, "unavailable");
  if (known) return new TRPCError({ code: TRPC_CODES[known.code], message: known.message, cause: known });
  const reference = randomUUID().slice(0, 8);
  log().error({ err: error.cause ?? error, path, reference }, "unexpected failure");
  return new TRPCError({
    code: "INTERNAL_SERVER_ERROR",
    message: `Something went wrong (reference ${reference})`,
  });
}

export function serviceFailure(error: TRPCError): ServiceFailure | null {
  const known = serviceErrorOf(error.cause);
  return known ? { code: known.code, fieldPath: known.fieldPath ?? null, details: known.details } : null;
}

export function inputFailure(error: TRPCError) {
  return error.cause instanceof z.ZodError ? z.flattenError(error.cause) : null;
}

/** Zod's own message is a JSON dump; this is the first thing that is wrong, with its field. */
export function inputFailureText(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return "The input is not valid";
  return issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message;
}
