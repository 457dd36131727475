import { randomUUID } from "node:crypto";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { database } from "@/server/db/client";
import { sha256 } from "@/server/toolkit/sha256";

/** For one account, from wherever. */
export const ACCOUNT_SIGN_INS_PER_MINUTE = 60;
const WINDOW_MS = 60_000;

/**
 * Counts attempts to sign in per account. The limit per address does not stop a guesser: who calls the console
 * directly writes any address into X-Forwarded-For.
 */
export const limitAccountSignIns = createAuthMiddleware(async ({ path, body }) => {
  if (path !== "/sign-in/email" || typeof body?.email !== "string") return;
  if ((await countAttempt(body.email)) <= ACCOUNT_SIGN_INS_PER_MINUTE) return;
  throw new APIError("TOO_MANY_REQUESTS", { message: "Too many requests. Please try again later." });
});

async function countAttempt(email: string): Promise<number> {
  const key = `sign-in|${sha256(email.trim().toLowerCase())}`;
  const now = Date.now();
  const [row] = await database().$queryRaw<{ count: number }[]>`
    insert into "rateLimit" as known (id, key, count, "lastRequest") values (${randomUUID()}, ${key}, 1, ${now}::bigint)
    on conflict (key) do update set
      count = case when known."lastRequest" <= ${now - WINDOW_MS}::bigint then 1 else known.count + 1 end,
      "lastRequest" = case when known."lastRequest" <= ${now - WINDOW_MS}::bigint then ${now}::bigint else known."lastRequest" end
    returning count`;
  return row?.count ?? 0;
}
