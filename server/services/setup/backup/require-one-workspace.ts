import type { Transaction } from "@/server/db/client";
import { ServiceError } from "@/server/domain/errors";

/** A backup is of the whole instance, so who makes it has to own all of it. */
export async function requireOneWorkspace(tx: Transaction): Promise<void> {
  const workspaces = await tx.workspace.count();
  if (workspaces <= 1) return;
  throw new ServiceError(
    "CONFLICT",
    `This instance has ${workspaces} workspaces, and a backup holds all of an instance: copy its database instead`,
  );
}
