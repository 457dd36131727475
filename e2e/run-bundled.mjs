import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Bundles a TypeScript program of this folder, whose imports may name the project's root, and runs it here. */
export async function runBundled(entryPoint) {
  const outfile = path.join(
    ROOT,
    "test-results",
    `${entryPoint.replace(/\.ts$/, "").replaceAll("/", "-")}.mjs`,
  );
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": ROOT },
    logLevel: "warning",
  });
  return await import(pathToFileURL(outfile).href);
}
