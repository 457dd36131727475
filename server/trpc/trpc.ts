import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { can, type Permission } from "@/server/domain/permissions";
import type { Context } from "./context";
import { inputFailure, inputFailureText, serviceFailure, toTrpcError } from "./failure";
import { transformer } from "./transformer";

/** Who may call a procedure: a permission, anybody signed in ("member"), or anybody at all ("public"). */
export type Access = Permission | "member" | "public";

const t = initTRPC
  .context<Context>()
  .meta<{ access: Access }>()
  .create({
    transformer,
    // Proxies and browsers give up what is silent; a client that misses pings connects anew.
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      message: error.cause instanceof z.ZodError ? inputFailureText(error.cause) : shape.message,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        zod: inputFailure(error),
        service: serviceFailure(error),
      },
    }),
  });

export const { router, createCallerFactory } = t;

const base = t.procedure.use(async ({ next, path }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error, path);
  return result;
});

/** Open to everybody who can reach the console. */
export const publicProcedure = base.meta({ access: "public" });

const signedIn = base.use(({ ctx, next }) => {
  if (!ctx.actor) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first" });
  return next({ ctx: { actor: ctx.actor } });
});

/** Open to every member of the workspace, whatever their role. */
export const memberProcedure = signedIn.meta({ access: "member" });

/** Open to the roles that have this permission. */
export const procedure = (permission: Permission) =>
  signedIn.meta({ access: permission }).use(({ ctx, next }) => {
    if (!can(ctx.actor.role, permission)) {
      throw new TRPCError({ code: "FORBIDDEN", message: "Your role does not allow this" });
    }
    return next();
  });
