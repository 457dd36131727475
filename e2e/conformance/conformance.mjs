// `npm run conformance -- [FOLDER] [--only TEXT] [--sequences]`
// Plays recorded cases against Gatehouse; FOLDER (or GATEHOUSE_CONFORMANCE) is where they are. README.md tells the rest.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "../..");
const outfile = path.join(ROOT, "test-results/conformance.mjs");

mkdirSync(path.dirname(outfile), { recursive: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: ["e2e/conformance/main.ts"],
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
