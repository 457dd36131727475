import { auth } from "./auth";
import { isForeignOrigin } from "./foreign-origin";
import { refuseBody } from "./refuse-body";

const MAX_BYTES = 64 * 1024;

/** Answers one HTTP request to `/api/auth`: sign-in, sign-out, change of password. */
export async function answerAuth(request: Request): Promise<Response> {
  const refusal = refuseBody(request, MAX_BYTES);
  if (refusal) return refusal;
  // better-auth asks for the origin only when there are cookies; a sign-in from another site would pass.
  if (request.method !== "GET" && isForeignOrigin(request.headers)) {
    return Response.json(
      { code: "FOREIGN_ORIGIN", message: "Sign in on the console's own page" },
      { status: 403 },
    );
  }
  return auth().handler(request);
}
