// What a second worker brings: throughput of one and of two, over few connections.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { load } from "./load.mjs";
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

/** The report, in lines. */
export async function measureWorkers() {
  const servers = [];
  try {
    for (const workers of [1, 2]) servers.push(await startGatehouse(null, "http://127.0.0.1:1", workers));
    for (const server of servers) await load(server.targets.gatehouseHeavy, { ...SETTINGS, seconds: 5 });
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const runs = {};
      for (const index of round % 2 ? [1, 0] : [0, 1]) runs[index] = await measureOnce(servers[index]);
      rounds.push(runs);
    }
    return report(rounds);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function report(rounds) {
  const of = (pick) => median(rounds.map(pick));
  const byClock = of((runs) => runs[1].rps / runs[0].rps);
  const lines = [
    `workers: ${Math.round(of((runs) => runs[0].rps))} req/s with one, ${Math.round(of((runs) => runs[1].rps))} with two, ${SETTINGS.connections} connections, ${cpus().length} cores`,
    `  by the clock ${byClock.toFixed(2)}  (mark ${MARK}: ${byClock >= MARK ? "met" : "MISSED"})`,
  ];
  if (rounds.every((runs) => runs[0].perTick && runs[1].perTick)) {
    const byCpu = of((runs) => (2 * runs[1].perTick) / runs[0].perTick);
    const evenness = of((runs) => Math.min(...runs[1].used.slice(1)) / Math.max(...runs[1].used.slice(1)));
    lines.push(
      `  by CPU time ${byCpu.toFixed(2)}, the lazier worker did ${Math.round(evenness * 100)} % of the other's work`,
    );
  }
  return lines.join("\n");
}
