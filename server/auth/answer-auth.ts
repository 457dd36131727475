import { auth } from "./auth";
import { isForeignOrigin } from "./foreign-origin";

/** Answers one HTTP request to `/api/auth`: sign-in, sign-out, change of password. */
export async function answerAuth(request: Request): Promise<Response> {
  // better-auth asks for the origin only when there are cookies; a sign-in from another site would pass.
  if (request.method !== "GET" && isForeignOrigin(request.headers)) {
    return Response.json(
      { code: "FOREIGN_ORIGIN", message: "Sign in on the console's own page" },
      { status: 403 },
    );
  }
  return auth().handler(request);
}
