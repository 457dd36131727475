// Our engine, bundled as the gateway's program is.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "../../..");

async function bundledEngine() {
  const folder = await mkdtemp(path.join(tmpdir(), "gatehouse-vtl-"));
  try {
    const outfile = path.join(folder, "vtl.mjs");
    await build({
      absWorkingDir: ROOT,
      entryPoints: ["server/vtl/index.ts"],
      outfile,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "esm",
      tsconfig: "tsconfig.json",
      alias: { "@": ROOT },
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const { compileTemplate, contextFromRecord } = await bundledEngine();

/** Compiled once; each render has bindings of its own, so the payload is parsed each time. */
export function prepare({ template, input, context, stageVariables }) {
  const compiled = compileTemplate(template);
  return () => {
    const { body, path: pathParameters, query, headers } = input;
    const bindings = {
      input: { body, path: pathParameters, query, headers },
      context: contextFromRecord(context),
      stageVariables,
    };
    return compiled.render(bindings).output;
  };
}
