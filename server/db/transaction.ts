import { database, type Transaction } from "./client";

const MAX_WAIT_MS = 5_000;
const TIMEOUT_MS = 15_000;
const ATTEMPTS = 3;

/** Runs `work` in one transaction. A deadlock or write conflict, which undoes everything, is tried again. */
export async function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database().$transaction(work, { maxWait: MAX_WAIT_MS, timeout: TIMEOUT_MS });
    } catch (error) {
      if (attempt >= ATTEMPTS || !isWriteConflict(error)) throw error;
    }
  }
}

function isWriteConflict(error: unknown): boolean {
  return (error as { code?: string }).code === "P2034";
}

/** Whether `error` is a refused duplicate (a unique index). */
export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: string }).code === "P2002";
}
