import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { refuseBody } from "@/server/auth/refuse-body";
import { createContext } from "./context";
import { appRouter } from "./root";

/** Above the largest document that can be imported or edited, with what JSON adds to it. */
const MAX_BYTES = 64 * 1024 * 1024;
/** For who shows neither a session nor a token: all they can do is to make the first account. */
const MAX_STRANGER_BYTES = 64 * 1024;

/** Answers one HTTP request to `/api/trpc`. */
export async function answerTrpc(request: Request): Promise<Response> {
  const isStranger = !request.headers.has("cookie") && !request.headers.has("authorization");
  const refusal = refuseBody(request, isStranger ? MAX_STRANGER_BYTES : MAX_BYTES);
  if (refusal) return refusal;
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => createContext(request),
    // A subscription's own header also keeps proxies from holding it back.
    responseMeta: ({ type }) =>
      type === "subscription" ? {} : { headers: new Headers({ "cache-control": "no-store" }) },
  });
}
