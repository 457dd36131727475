import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { compileTemplate, contextFromRecord, type RenderLimits, VtlError } from "@/server/vtl";
import { hostileTemplate } from "@/server/vtl/cases/hostile-grammar";
import { bodies } from "@/server/vtl/cases/hostile-words";
import { watchEscapes } from "@/server/vtl/cases/watch-escapes";

// `GATEHOUSE_PROPERTY_RUNS=100000` is the full run; a failure names its seed, which GATEHOUSE_PROPERTY_SEED repeats.
const runs = Number(process.env.GATEHOUSE_PROPERTY_RUNS ?? 2_000);
const seed = Number(process.env.GATEHOUSE_PROPERTY_SEED ?? 20261125);

const limits: Partial<RenderLimits> = {
  nowMs: () => performance.now(),
  maxMs: 500,
  steps: 20_000,
  memory: 2_000_000,
  outputLength: 200_000,
  collectionSize: 20_000,
  depth: 200,
};
/** One operation may run over the time: it is bounded by the sizes above. The rest is for a machine that is busy. */
const LONGEST_MS = 5_000;

const watch = watchEscapes();
afterAll(watch.release);

const record = {
  stage: "test",
  identity: { sourceIp: "10.0.0.1", constructor: "c" },
  host: watch.host,
  constructor: "a name like any other",
  toString: { valueOf: 1 },
};
const parameters = { a: "1", constructor: "2", k: "x" };

function renderHostile(template: string, body: string | null): string {
  const input = { body, path: parameters, query: parameters, headers: parameters };
  const bindings = { input, context: contextFromRecord(record), stageVariables: parameters };
  const { output, overrides } = compileTemplate(template).render(bindings, limits);
  expect(typeof output).toBe("string");
  return output + JSON.stringify(overrides);
}

/** Errors of the engine itself, and values no template can have, are crashes even where they are caught. */
function checkFailure(error: unknown): void {
  expect(error).toBeInstanceOf(VtlError);
  const { kind, message, cause } = error as VtlError;
  expect(["parse", "render", "limit"]).toContain(kind);
  expect(message).not.toBe("");
  const isBug = cause instanceof TypeError || cause instanceof ReferenceError || cause instanceof SyntaxError;
  expect(isBug ? String(cause.stack) : "").toBe("");
}

const leak = /\[object \w+\]|\[native code\]|secret|\bundefined\b/;
const statistics = { rendered: 0, parse: 0, render: 0, limit: 0, slowestMs: 0 };

function check(template: string, body: string | null): void {
  const start = performance.now();
  try {
    expect(renderHostile(template, body)).not.toMatch(leak);
    statistics.rendered++;
  } catch (error) {
    if (!(error instanceof VtlError)) throw error;
    checkFailure(error);
    statistics[error.kind]++;
  }
  const tookMs = performance.now() - start;
  statistics.slowestMs = Math.max(statistics.slowestMs, tookMs);
  expect(tookMs).toBeLessThan(LONGEST_MS);
  expect(watch.escapes()).toEqual([]);
}

const plain = '#foreach($i in $input.path("$.l"))$i,#end$context.stage $util.urlEncode("a b")';

test("no hostile template crashes, hangs, escapes or changes what others share", () => {
  const before = renderHostile(plain, '{"l":[3,1,2]}');
  const start = performance.now();
  fc.assert(fc.property(fc.integer().map(hostileTemplate), fc.constantFrom(...bodies), check), {
    seed,
    numRuns: runs,
    endOnFailure: runs > 10_000,
  });
  console.info(`${runs} templates, seed ${seed}, ${Math.round(performance.now() - start)} ms`, statistics);
  expect(renderHostile(plain, '{"l":[3,1,2]}')).toBe(before);
  // The generator is worth something only while its templates get somewhere.
  expect(statistics.rendered).toBeGreaterThan(runs / 10);
  expect(statistics.limit).toBeGreaterThan(0);
}, 3_600_000);
