import { existsSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "prisma/config";

// Prisma's native schema engine is a download of its own. Authoring migrations uses Prisma's WebAssembly build of the
// same engine from npm instead, so that it works anywhere npm does. PRISMA_NATIVE_ENGINE=1 restores the download.
const shim = path.join(import.meta.dirname, "scripts", "prisma-schema-engine.mjs");
if (!process.env.PRISMA_NATIVE_ENGINE && process.platform !== "win32" && existsSync(shim)) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= shim;
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://127.0.0.1:1/DATABASE_URL-is-not-set" },
});
