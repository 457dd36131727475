import { randomUUID } from "node:crypto";
import path from "node:path";
import { migrate } from "@/server/launcher/migrate";

const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations");

/**
 * Makes an empty database for this suite alone, for what cannot be told apart by workspace. To be called before
 * anything else uses the database. Returns its URL.
 */
export async function useOwnDatabase(): Promise<string> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.pathname = `/suite_${randomUUID().replaceAll("-", "")}`;
  process.env.DATABASE_URL = url.toString();
  await migrate({ url: url.toString(), directory: MIGRATIONS });
  return url.toString();
}
