import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { agree, renderOurs } from "./compare-outcomes";
import { families } from "./families/family-list";
import type { Difference, Family, FuzzCase, Outcome } from "./fuzz-case";
import { knownDifferences } from "./known-differences";
import { caseSeed, Random } from "./random";
import { ReferenceRenderer } from "./reference-renderer";
import { differenceShape, shrinkCase } from "./shrink-case";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    family: { type: "string" },
    shrink: { type: "string", default: "60" },
    results: { type: "string", default: "test-results/fuzz-vtl.jsonl" },
  },
});

function makeCases(chosen: readonly Family[], seed: number, count: number): FuzzCase[] {
  return Array.from({ length: count }, (_, index) => {
    const family = chosen[index % chosen.length] as Family;
    const made = family.generate(new Random(caseSeed(seed, index)));
    return { id: `${seed}-${index}`, family: family.name, ...made };
  });
}

/** The cases that differ; not those for which the reference itself gives another result each time (identity hashes). */
async function compare(cases: readonly FuzzCase[], reference: ReferenceRenderer): Promise<Difference[]> {
  const differences: Difference[] = [];
  for await (const [fuzzCase, theirs] of reference.renderAll(cases)) {
    const ours = renderOurs(fuzzCase);
    if (agree(ours, theirs) || !(await isStable(fuzzCase, theirs, reference))) continue;
    differences.push({ fuzzCase, ours, reference: theirs });
  }
  return differences;
}

async function isStable(
  fuzzCase: FuzzCase,
  outcome: Outcome,
  reference: ReferenceRenderer,
): Promise<boolean> {
  return agree(outcome, await reference.render(fuzzCase));
}

async function minimised(difference: Difference, reference: ReferenceRenderer): Promise<Difference> {
  const shape = differenceShape(difference.ours, difference.reference);
  let last = difference;
  await shrinkCase(difference.fuzzCase, async (fuzzCase) => {
    const ours = renderOurs(fuzzCase);
    const theirs = await reference.render(fuzzCase);
    const candidate = { fuzzCase, ours, reference: theirs };
    if (agree(ours, theirs) || differenceShape(ours, theirs) !== shape || reasonFor(candidate)) return false;
    last = candidate;
    return true;
  });
  return last;
}

const reasonFor = (difference: Difference): string | undefined =>
  knownDifferences.find(({ matches }) => matches(difference))?.name;

function report(
  cases: readonly FuzzCase[],
  unexplained: readonly Difference[],
  known: Map<string, number>,
): void {
  for (const { name } of families) {
    const all = cases.filter(({ family }) => family === name).length;
    const differ = unexplained.filter(({ fuzzCase }) => fuzzCase.family === name).length;
    if (all > 0)
      console.info(`${name.padEnd(26)} ${String(all).padStart(7)} ${differ > 0 ? `${differ} differ` : ""}`);
  }
  for (const { name, reason } of knownDifferences) {
    const count = known.get(name);
    if (count !== undefined) console.info(`explained: ${count} ${name} (${reason})`);
  }
  console.info(`${cases.length} templates, ${unexplained.length} unexplained differences`);
}

/** @returns the number of unexplained differences */
async function main(folder: string): Promise<number> {
  const chosen = families.filter(({ name }) => values.family === undefined || name.startsWith(values.family));
  if (chosen.length === 0)
    throw new Error(`no family ${values.family}; there are ${families.map(({ name }) => name)}`);
  const cases = makeCases(chosen, Number(values.seed), Number(values.count));
  const reference = new ReferenceRenderer(folder);
  const unexplained: Difference[] = [];
  const known = new Map<string, number>();
  for (const difference of await compare(cases, reference)) {
    const reason = reasonFor(difference);
    if (reason === undefined) unexplained.push(difference);
    else known.set(reason, (known.get(reason) ?? 0) + 1);
  }
  report(cases, unexplained, known);
  const lines: string[] = [];
  for (const [index, difference] of unexplained.entries()) {
    const small = index < Number(values.shrink) ? await minimised(difference, reference) : difference;
    lines.push(JSON.stringify(small));
  }
  writeFileSync(values.results, lines.map((line) => `${line}\n`).join(""));
  reference.end();
  return unexplained.length;
}

const folder = process.env.GATEHOUSE_VTL_ORACLE;
if (folder === undefined) {
  console.error("GATEHOUSE_VTL_ORACLE names the folder of the reference renderer (it holds run.sh)");
  process.exitCode = 2;
} else {
  process.exitCode = (await main(folder)) === 0 ? 0 : 1;
}
