// `npm run fuzz:vtl -- --count N --seed S [--family F] [--shrink N] [--results FILE]`
// Renders generated templates with our engine and with the reference renderer, whose folder GATEHOUSE_VTL_ORACLE names.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "../..");
const outfile = path.join(ROOT, "test-results/fuzz-vtl.mjs");

mkdirSync(path.dirname(outfile), { recursive: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: ["e2e/fuzz/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  alias: { "@": ROOT },
  logLevel: "warning",
});
await import(pathToFileURL(outfile).href);
