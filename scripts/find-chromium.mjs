// A Chromium for the browser tests, without a download when one is at hand.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

export function findSystemChromium() {
  return process.env.CHROMIUM_PATH ?? SYSTEM.find((file) => existsSync(file));
}

/** What the browser tests need in their environment, and where the browser comes from. */
export async function chromiumEnvironment() {
  const system = findSystemChromium();
  if (system) return { source: system, env: { CHROMIUM_PATH: system } };
  const packaged = await packagedChromium();
  if (packaged) return packaged;
  return playwrightChromium();
}

/** The browser that @sparticuz/chromium brings for Linux on x64, with the libraries that a bare machine lacks. */
async function packagedChromium() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  try {
    // Only with this variable does it unpack the libraries too.
    process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
    const { default: chromium } = await import("@sparticuz/chromium");
    const file = await chromium.executablePath();
    const libraries = ["/tmp/al2023/lib", process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
    return { source: "@sparticuz/chromium", env: { CHROMIUM_PATH: file, LD_LIBRARY_PATH: libraries } };
  } catch {
    return undefined;
  } finally {
    delete process.env.AWS_EXECUTION_ENV;
  }
}

async function playwrightChromium() {
  const { chromium } = await import("@playwright/test");
  if (!existsSync(chromium.executablePath())) {
    const cli = "node_modules/@playwright/test/cli.js";
    const result = spawnSync(process.execPath, [cli, "install", "chromium"], { encoding: "utf8" });
    if (result.status !== 0) {
      throw new Error(
        `There is no Chromium, and it could not be downloaded:\n${result.stdout}${result.stderr}`,
      );
    }
  }
  return { source: "Playwright's own", env: {} };
}
