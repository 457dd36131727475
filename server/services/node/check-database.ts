import { database } from "@/server/db/client";

/** Throws when the database does not answer. */
export async function checkDatabase(): Promise<void> {
  await database().$queryRaw`select 1`;
}
