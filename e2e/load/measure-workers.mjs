// What a second worker brings: throughput of one and of two, over few connections; and of two gateways that have nothing in
// common, which is what the machine's second core is worth.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { load } from "./load.mjs";
import { quietness, quietRound } from "./steal.mjs";
import { startGatehouse } from "./targets/gatehouse.mjs";

const MARK = 1.8;
const ROUNDS = 5;
const SETTINGS = { seconds: 3, connections: 4, core: null };

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** CPU time of a process and its children in clock ticks; null where the system does not tell. */
function cpuTicks(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    return [pid, ...children].map((one) => {
      const fields = readFileSync(`/proc/${one}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
      return Number(fields[11]) + Number(fields[12]);
    });
  } catch {
    return null;
  }
}

async function measureOnce(server) {
  const before = cpuTicks(server.pid);
  const { rps } = await load(server.targets.gatehouseHeavy, SETTINGS);
  const after = cpuTicks(server.pid);
  const used = before && after?.map((ticks, index) => ticks - before[index]);
  return { rps, used, perTick: used && (rps * SETTINGS.seconds) / used.reduce((a, b) => a + b, 0) };
}

/** Requests per second of two gateways with half of the connections each. */
async function measureApart(servers) {
  const settings = { ...SETTINGS, connections: SETTINGS.connections / servers.length };
  const runs = await Promise.all(servers.map((server) => load(server.targets.gatehouseHeavy, settings)));
  return runs.reduce((sum, { rps }) => sum + rps, 0);
}

/** The report, in lines. */
export async function measureWorkers() {
  const servers = [];
  try {
    for (const workers of [1, 2, 1]) servers.push(await startGatehouse(null, "http://127.0.0.1:1", workers));
    const [one, two, another] = servers;
    for (const server of servers) await load(server.targets.gatehouseHeavy, { ...SETTINGS, seconds: 5 });
    const measurements = [
      ["one", () => measureOnce(one)],
      ["two", () => measureOnce(two)],
      ["apart", () => measureApart([one, another])],
    ];
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const order = round % 2 ? measurements.toReversed() : measurements;
      rounds.push(
        await quietRound(async () => {
          const runs = {};
          for (const [name, measure] of order) runs[name] = await measure();
          return runs;
        }),
      );
    }
    return report(rounds);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function report(measured) {
  const rounds = measured.map(({ value }) => value);
  const of = (pick) => median(rounds.map(pick));
  const byClock = of(({ one, two }) => two.rps / one.rps);
  const apart = of((runs) => runs.apart / runs.one.rps);
  const lines = [
    `workers: ${Math.round(of(({ one }) => one.rps))} req/s with one, ${Math.round(of(({ two }) => two.rps))} with two, ${SETTINGS.connections} connections, ${cpus().length} cores`,
    `  by the clock ${byClock.toFixed(2)}  (mark ${MARK}: ${byClock >= MARK ? "met" : "MISSED"}); two gateways with nothing in common ${apart.toFixed(2)}`,
  ];
  if (rounds.every(({ one, two }) => one.perTick && two.perTick)) {
    const byCpu = of(({ one, two }) => (2 * two.perTick) / one.perTick);
    const evenness = of(({ two }) => Math.min(...two.used.slice(1)) / Math.max(...two.used.slice(1)));
    lines.push(
      `  by CPU time ${byCpu.toFixed(2)}, the lazier worker did ${Math.round(evenness * 100)} % of the other's work`,
    );
  }
  lines.push(`  ${quietness(measured)}`);
  return lines.join("\n");
}
