import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { startBackEnds } from "./back-ends";
import type { SequenceCase } from "./case-types";
import { startInstance } from "./instance";
import { playInvokeCases } from "./invoke-cases";
import { playSequence } from "./play-sequence";
import { type CaseResult, report } from "./report";
import { OperationSender } from "./send-operation";

type AnyCase = { id: string; area: string; kind: string };

const ROOT = process.cwd();
const KNOWN = path.join(ROOT, "e2e/conformance/known-failures.json");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    sequences: { type: "boolean" },
    "update-known": { type: "boolean" },
  },
});
const folder = path.resolve(positionals[0] ?? process.env.GATEHOUSE_CONFORMANCE ?? "conformance");

if (!existsSync(path.join(folder, "sdk_to_wire.json"))) {
  console.log(
    `Nothing played: there are no cases in ${folder} (give their folder, or set GATEHOUSE_CONFORMANCE)`,
  );
  process.exit(0);
}

const cases = readdirSync(folder)
  .filter((name) => name.endsWith(".json") && name !== "sdk_to_wire.json")
  .flatMap((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as AnyCase[])
  .filter(({ id }) => !values.only || id.includes(values.only));

const results: CaseResult[] = await playSequences(
  cases.filter(({ kind }) => kind === "sequence") as SequenceCase[],
);
const invokes = cases.filter(({ kind }) => kind === "invoke");
if (!values.sequences && invokes.length > 0) {
  const areas = new Map(invokes.map(({ id, area }) => [id, area]));
  results.push(...playInvokeCases(ROOT, folder, areas).filter(({ id }) => areas.has(id)));
}

const known = new Set(JSON.parse(readFileSync(KNOWN, "utf8")) as string[]);
const regressions = report(results, known);
if (values["update-known"]) {
  const failing = results.filter(({ differences }) => differences.length > 0).map(({ id }) => id);
  writeFileSync(KNOWN, `${JSON.stringify(failing.sort(), null, 2)}\n`);
}
if (regressions.length > 0) console.log(`\n${regressions.length} fail that did not fail before`);
process.exit(regressions.length > 0 ? 1 : 0);

async function playSequences(sequences: SequenceCase[]): Promise<CaseResult[]> {
  if (sequences.length === 0) return [];
  const backEnds = await startBackEnds();
  const instance = await startInstance(ROOT, backEnds.functionsUrl);
  const played: CaseResult[] = [];
  try {
    for (const testCase of sequences) {
      const sender = new OperationSender(folder, instance.endpoint, await instance.newWorkspace());
      const { gatewayPort } = instance;
      const differences = await playSequence(backEnds.prepare(testCase), { sender, gatewayPort }).catch(
        (error) => [`the runner failed: ${error instanceof Error ? error.stack : error}`],
      );
      played.push({ id: testCase.id, area: testCase.area, differences });
    }
  } finally {
    await instance.stop();
    await backEnds.stop();
  }
  return played;
}
