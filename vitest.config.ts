import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": import.meta.dirname };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["server/**/*.test.ts", "components/**/*.test.{ts,tsx}", "e2e/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "**/*.net.test.ts", "**/node_modules/**"],
          pool: "threads",
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["server/**/*.db.test.ts"],
          globalSetup: [path.resolve(import.meta.dirname, "server/testing/postgres-setup.ts")],
          pool: "forks",
        },
      },
      {
        resolve: { alias },
        test: { name: "net", include: ["server/**/*.net.test.ts"], pool: "forks" },
      },
    ],
  },
});
