#!/usr/bin/env node
// The `gatehouse` command: dist/cli.mjs, built first when it is missing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(import.meta.dirname, "..");
const cli = path.join(root, "dist", "cli.mjs");
if (!existsSync(cli)) {
  // Progress belongs on standard error: standard output is the command's.
  const built = spawnSync(process.execPath, [path.join(root, "scripts", "bootstrap.mjs"), "cli"], {
    stdio: ["ignore", process.stderr.fd, process.stderr.fd],
  });
  if (built.status !== 0) process.exit(1);
}
await import(pathToFileURL(cli).href);
