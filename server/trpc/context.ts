import { actorFromRequest } from "@/server/auth/actor-from-request";
import type { Actor } from "@/server/domain/actor";

export type Context = {
  readonly actor: Actor | null;
};

export async function createContext({ headers }: { headers: Headers }): Promise<Context> {
  return { actor: await actorFromRequest(headers) };
}
