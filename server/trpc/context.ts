import { TRPCError } from "@trpc/server";
import { actorFromRequest } from "@/server/auth/actor-from-request";
import type { Actor } from "@/server/domain/actor";
import { toTrpcError } from "./failure";

export type Context = {
  readonly actor: Actor | null;
};

export async function createContext({ headers }: { headers: Headers }): Promise<Context> {
  try {
    return { actor: await actorFromRequest(headers) };
  } catch (cause) {
    // No procedure runs yet, whose error handling would see it.
    throw toTrpcError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }), "context");
  }
}
