import path from "node:path";
import { EnvironmentError, parseEnvironment } from "@/server/env";
import { launch } from "@/server/launcher/launch";
import { LaunchError } from "@/server/launcher/launch-error";
import { createShutdown, endOnSignals } from "@/server/launcher/shutdown";

// This file runs as dist/launcher.mjs.
process.env.GATEHOUSE_HOME ??= path.resolve(import.meta.dirname, "..");
const shutdown = createShutdown();
endOnSignals(shutdown);
try {
  const env = parseEnvironment(process.env);
  await launch({ env, development: process.argv.includes("--dev"), shutdown });
} catch (error) {
  if (!shutdown.isRunning()) {
    const expected = error instanceof LaunchError || error instanceof EnvironmentError;
    console.error(expected ? `\n  ${error.message}` : error);
    await shutdown.run(1);
  }
}
