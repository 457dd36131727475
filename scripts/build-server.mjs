// Bundles the Node programs: one file each, packages stay in node_modules. `--watch` rebuilds on change.
import { existsSync } from "node:fs";
import path from "node:path";
import { build, context } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");

const PROGRAMS = {
  launcher: "server/launcher/main.ts",
  dataplane: "server/dataplane/main.ts",
  cli: "server/cli/main.ts",
  seed: "server/services/setup/seed-main.ts",
  "demo-backend": "server/launcher/demo-backend/main.ts",
};

const watch = process.argv.includes("--watch");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const names = wanted.length > 0 ? wanted : Object.keys(PROGRAMS);
const entryPoints = {};
for (const name of names) {
  const source = PROGRAMS[name];
  if (!source || !existsSync(path.join(ROOT, source))) {
    console.error(`[build] no program ${name} (${source ?? "unknown name"})`);
    process.exitCode = 1;
    continue;
  }
  entryPoints[name] = source;
}

const options = {
  absWorkingDir: ROOT,
  entryPoints,
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  sourcemap: true,
  packages: "external",
  tsconfig: "tsconfig.json",
  // "@/" is a path of this project, not a package.
  alias: { "@": ROOT },
  logLevel: "warning",
};

if (watch) {
  const watcher = await context(options);
  await watcher.watch();
  process.on("disconnect", () => process.exit(0));
} else {
  await build(options);
}
