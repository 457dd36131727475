import { readFileSync } from "node:fs";
import path from "node:path";
import { closeDatabase } from "@/server/db/client";
import { environment } from "@/server/env";
import { newSecret } from "@/server/services/new-id";
import { seed } from "./seed";

// A program: what it did is one line of JSON on standard output, what went wrong one line on standard error.

const FILE = "pet-store.openapi.yaml";
const DEFAULT_BACKEND = "http://127.0.0.1:8081";

async function main(): Promise<void> {
  const env = environment();
  const given = env.sampleKey;
  const keyValue = given ?? newSecret();
  const { ownerEmail: email, ownerPassword: password } = env;
  const result = await seed({
    ...(email && password ? { owner: { email, password } } : {}),
    sample: {
      source: readFileSync(path.join(env.homeDir, "prisma", "seed", FILE), "utf8"),
      filename: FILE,
      backend: new URL(env.demoBackendUrl ?? DEFAULT_BACKEND).host,
      keyValue,
    },
  });
  // A key that was made up here is seen here or never.
  const shown = given === undefined && result.seeded ? { ...result, keyValue } : result;
  process.stdout.write(`${JSON.stringify(shown)}\n`);
}

main()
  .catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(closeDatabase);
