import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { nextCookies } from "better-auth/next-js";
import { database } from "@/server/db/client";
import { environment } from "@/server/env";
import { limitAccountSignIns } from "./sign-in-limit";

/** From one address. Slow enough against guessing, and enough for an office behind one address. */
export const SIGN_INS_PER_MINUTE = 30;
const DAY_SECONDS = 24 * 60 * 60;

function createAuth() {
  const { consolePort, secret } = environment();
  if (!secret)
    throw new Error("GATEHOUSE_SECRET is not set: the launcher makes one and keeps it in the data folder");
  return betterAuth({
    appName: "Gatehouse",
    baseURL: `http://localhost:${consolePort}`,
    secret,
    telemetry: { enabled: false },
    logger: { level: "error" },
    trustedOrigins: (request) => ownOrigins(request?.headers),
    database: prismaAdapter(database(), { provider: "postgresql" }),
    // People come in by setup and by invitation only.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8 },
    session: { expiresIn: 14 * DAY_SECONDS, updateAge: DAY_SECONDS },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: { "/sign-in/email": { window: 60, max: SIGN_INS_PER_MINUTE }, "/get-session": false },
    },
    hooks: { before: limitAccountSignIns },
    advanced: {
      cookiePrefix: "gatehouse",
      // The console is reached over plain http on localhost; a proxy that ends TLS adds `Secure` if it wants to.
      useSecureCookies: false,
    },
    plugins: [nextCookies()],
  });
}

/** The console is one origin, whatever name and port the browser reached it by: the one in the request's Host. */
function ownOrigins(headers: Headers | undefined): string[] {
  const host = headers?.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}

let instance: ReturnType<typeof createAuth> | undefined;

/** Sessions and passwords. Made at the first use, because a build has no secret and no database. */
export function auth() {
  instance ??= createAuth();
  return instance;
}
