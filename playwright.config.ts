import { defineConfig, devices } from "@playwright/test";
import { findSystemChromium } from "./scripts/find-chromium.mjs";

export default defineConfig({
  testDir: "e2e",
  testMatch: "specs/**/*.spec.ts",
  outputDir: "test-results/browser",
  globalSetup: "./e2e/fixtures/start-stack.ts",
  // One instance with one database serves all specs; each makes the APIs it changes.
  workers: 2,
  timeout: 60_000,
  reporter: [["list"], ["json", { outputFile: "test-results/browser.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    // Set by the global setup, before the workers read this file.
    baseURL: process.env.GATEHOUSE_E2E_CONSOLE_URL,
    // What was done and sent, not filmed: films and page copies cost a quarter of the time.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findSystemChromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "first run", testMatch: "specs/first-run.setup.ts" },
    {
      name: "chromium",
      testIgnore: "specs/keystroke.spec.ts",
      dependencies: ["first run"],
      use: { storageState: "test-results/owner.json" },
    },
    {
      // Measures, so nothing may run beside it.
      name: "measured",
      testMatch: "specs/keystroke.spec.ts",
      dependencies: ["chromium"],
      use: { storageState: "test-results/owner.json" },
    },
  ],
});
