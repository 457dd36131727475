import type { Actor } from "@/server/domain/actor";
import { createCaller } from "@/server/trpc/root";

type Callers = Record<string, Record<string, (input?: unknown) => Promise<unknown>>>;

/** Calls a procedure by its path (`api.get`): for tests that walk over all of them. */
export async function callProcedure(actor: Actor | null, path: string, input?: unknown): Promise<unknown> {
  const caller = createCaller({ actor }) as unknown as Callers;
  const [noun = "", verb = ""] = path.split(".");
  const procedure = caller[noun]?.[verb];
  if (!procedure) throw new Error(`There is no procedure ${path}`);
  return procedure(input);
}
