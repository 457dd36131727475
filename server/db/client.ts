import { PrismaPg } from "@prisma/adapter-pg";
import { environment } from "@/server/env";
import { type Prisma, PrismaClient } from "./generated/client";

export type { Prisma };
export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

const CONNECTIONS = 10;

// On globalThis, because a development server evaluates modules anew while the connections of the old ones stay.
const holder = globalThis as unknown as { gatehouseDatabase?: PrismaClient };

/** The connection pool of this process, opened at the first use. */
export function database(): Database {
  holder.gatehouseDatabase ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseUrl(), max: CONNECTIONS }),
  });
  return holder.gatehouseDatabase;
}

/** Closes the pool: for programs that end and for tests. */
export async function closeDatabase(): Promise<void> {
  await holder.gatehouseDatabase?.$disconnect();
  holder.gatehouseDatabase = undefined;
}

export function databaseUrl(): string {
  const url = environment().databaseUrl;
  if (!url) throw new Error("DATABASE_URL is not set: the launcher sets it for the programs it starts");
  return url;
}
