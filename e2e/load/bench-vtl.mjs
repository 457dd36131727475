// `npm run bench:vtl [-- --json] [--rounds N] [--seconds N] [--warm-up N] [--runs N] [--templates FILE] [--only a,b]`
// Renders per second of mapping templates on one core: our engine, the reference renderer on the JVM
// (GATEHOUSE_VTL_ORACLE=folder), velocityjs (GATEHOUSE_VELOCITYJS=folder) and functions written by hand. The engines take
// turns, round after round, since machines drift; a ratio is the median of the rounds' ratios.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { startEngine } from "./vtl/node-engine.mjs";
import * as reference from "./vtl/reference-renderer.mjs";
import { DEFAULT_FILE, readTemplates } from "./vtl/templates.mjs";
import { available as velocityjsAvailable } from "./vtl/velocityjs.mjs";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "0.4" },
    runs: { type: "string", default: "3" },
    "warm-up": { type: "string", default: "4" },
    templates: { type: "string", default: DEFAULT_FILE },
    only: { type: "string" },
  },
});
const file = values.templates;
const rounds = Number(values.rounds);
const settings = {
  seconds: Number(values.seconds),
  runs: Number(values.runs),
  warmUpSeconds: Number(values["warm-up"]),
};
const only = values.only?.split(",");

/** What our engine should reach of the others' speed, template by template; null: no mark. */
const MARKS = {
  java: [1.5, 1.5, 1.5, 1.5, 1.5],
  velocityjs: [5, 5, 5, 5, 1],
  handWritten: [null, null, 0.5, 0.5, 0.5],
};

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const note = (text) => console.error(text);

async function startEngines() {
  const wanted = (name, isAvailable, hint) => {
    if (only !== undefined && name !== "gatehouse" && !only.includes(name)) return false;
    if (!isAvailable) note(`${name}: skipped, ${hint}`);
    return isAvailable;
  };
  const engines = { gatehouse: await startEngine("gatehouse", file) };
  if (
    wanted("velocityjs", velocityjsAvailable, "not found (GATEHOUSE_VELOCITYJS names a folder that has it)")
  ) {
    engines.velocityjs = await startEngine("velocityjs", file);
  }
  if (wanted("handWritten", true, "")) engines.handWritten = await startEngine("handWritten", file);
  const java = wanted("java", reference.available, "GATEHOUSE_VTL_ORACLE is not set");
  return { engines, java };
}

/** All engines must write the same; velocityjs does not, and is only told of. */
async function checkOutputs({ engines, java }, lines) {
  const fromJava = java
    ? await reference.runReference(file, { ...settings, warmUpSeconds: 0, runs: 1, seconds: 0.01 })
    : null;
  for (const { id } of lines) {
    const ours = await engines.gatehouse.output(id);
    const others = { handWritten: await engines.handWritten?.output(id), java: fromJava?.get(id)?.output };
    for (const [name, output] of Object.entries(others)) {
      if (output === undefined || output === null || output === ours) continue;
      let at = 0;
      while (output[at] === ours[at]) at++;
      const [a, b] = [ours, output].map((text) => JSON.stringify(text.slice(Math.max(0, at - 30), at + 50)));
      throw new Error(`${id}: our output differs from that of ${name} at ${at}: ${a} instead of ${b}`);
    }
    const theirs = await engines.velocityjs?.output(id);
    if (theirs !== undefined && theirs !== ours) note(`${id}: velocityjs writes something else`);
  }
}

/** For each template the rate: the median of some runs. */
async function measure(engine, lines) {
  const rates = {};
  for (const { id } of lines) {
    const runs = [];
    for (let run = 0; run < settings.runs; run++) runs.push(await engine.rps(id, settings.seconds));
    rates[id] = runs.includes(null) ? null : median(runs);
  }
  return rates;
}

async function measureJava() {
  const results = await reference.runReference(file, settings);
  return Object.fromEntries([...results].map(([id, { rps }]) => [id, rps]));
}

async function runRounds({ engines, java }, lines) {
  const names = [...Object.keys(engines), ...(java ? ["java"] : [])];
  for (const engine of Object.values(engines)) {
    for (const { id } of lines) await engine.rps(id, settings.warmUpSeconds);
  }
  const perRound = [];
  for (let round = 0; round < rounds; round++) {
    const rates = {};
    const order = round % 2 ? [...names].reverse() : names;
    for (const name of order) {
      rates[name] = name === "java" ? await measureJava() : await measure(engines[name], lines);
    }
    perRound.push(rates);
    note(`round ${round + 1} of ${rounds}`);
  }
  return { names, perRound };
}

function summarize({ names, perRound }, lines) {
  return lines.map(({ id }, i) => {
    const of = (name) => perRound.map((rates) => rates[name][id]);
    const result = { template: id, rps: {}, ratios: {}, marks: {} };
    for (const name of names) {
      if (of(name).includes(null)) continue;
      result.rps[name] = Number(median(of(name)).toPrecision(5));
      if (name === "gatehouse") continue;
      const ratios = perRound.map((rates) => rates.gatehouse[id] / rates[name][id]);
      result.ratios[name] = Number(median(ratios).toFixed(3));
      const mark = file === DEFAULT_FILE ? MARKS[name]?.[i] : null;
      if (mark) result.marks[name] = { mark, met: result.ratios[name] >= mark };
    }
    return result;
  });
}

function print(results) {
  for (const { template, rps, ratios, marks } of results) {
    console.log(`${template}: ${Math.round(rps.gatehouse)} renders/s`);
    for (const [name, ratio] of Object.entries(ratios)) {
      const { mark, met } = marks[name] ?? {};
      const verdict = mark === undefined ? "" : `  (mark ${mark}: ${met ? "met" : "MISSED"})`;
      const rate = String(Math.round(rps[name])).padStart(9);
      console.log(`  ${name.padEnd(12)}${rate} renders/s, ours is ${ratio.toFixed(2)} x${verdict}`);
    }
  }
}

const [load] = loadavg();
if (load > 1)
  note(`the machine is busy (load ${load.toFixed(1)}): ratios will be rough, those to the JVM too high`);
const lines = readTemplates(file);
const running = await startEngines();
try {
  await checkOutputs(running, lines);
  const results = summarize(await runRounds(running, lines), lines);
  if (values.json) console.log(JSON.stringify({ settings: { ...settings, rounds }, results }, null, 2));
  else print(results);
} finally {
  for (const engine of Object.values(running.engines)) engine.stop();
}
