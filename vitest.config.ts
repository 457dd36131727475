import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": import.meta.dirname };

export default defineConfig({
  test: {
    // Two also on two cores: many tests wait for a database or for time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    coverage: {
      provider: "v8",
      include: ["server/{vtl,gateway,domain}/**/*.ts"],
      exclude: ["**/*.test.ts", "**/cases/**"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "test-results/coverage",
      // Never lowered.
      thresholds: {
        "server/vtl/**": { lines: 95, branches: 95 },
        "server/gateway/**": { lines: 95, branches: 95 },
        "server/domain/**": { lines: 95, branches: 95 },
      },
    },
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["server/**/*.test.ts", "components/**/*.test.{ts,tsx}", "e2e/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "**/*.net.test.ts", "**/node_modules/**"],
          pool: "threads",
          // Half of the time went into loading the same modules anew for each file. Nothing here does I/O or keeps state.
          isolate: false,
          // Generous: the checks of `npm test` share two cores with a build.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["server/**/*.db.test.ts"],
          globalSetup: [path.resolve(import.meta.dirname, "server/testing/postgres-setup.ts")],
          pool: "forks",
          // A loaded machine takes its time; nothing here waits on purpose.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "net",
          include: ["server/**/*.net.test.ts"],
          pool: "forks",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
