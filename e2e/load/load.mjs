// One burst of load from the load core: wrk where it is installed, else autocannon.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { LOAD_CORE, pinned } from "./processes.mjs";

const WRK = ["/usr/bin/wrk", "/usr/local/bin/wrk", "/opt/homebrew/bin/wrk"].find((file) => existsSync(file));
const AUTOCANNON = path.resolve(import.meta.dirname, "../../node_modules/autocannon/autocannon.js");
export const driver = WRK ? "wrk" : "autocannon";

function output(core, command, args) {
  const [file, argv] = pinned(core, command, args);
  return new Promise((resolve, reject) => {
    const child = spawn(file, argv, { stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let errors = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve(out) : reject(new Error(`${command}: ${errors}`))));
  });
}

const inMs = { us: 0.001, ms: 1, s: 1000, m: 60_000 };
function wrkDuration(text, percentile) {
  const match = new RegExp(`${percentile}%\\s+([\\d.]+)(us|ms|s|m)\\b`).exec(text);
  if (!match) throw new Error(`wrk printed no ${percentile}th percentile:\n${text}`);
  return Number(match[1]) * inMs[match[2]];
}

async function runWrk({ url, headers, seconds, connections, core }) {
  const head = Object.entries(headers ?? {}).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const text = await output(core, WRK, [
    "-t1",
    `-c${connections}`,
    `-d${seconds}s`,
    "--latency",
    ...head,
    url,
  ]);
  return {
    rps: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]),
    p50Ms: wrkDuration(text, 50),
    p99Ms: wrkDuration(text, 99),
    failed: Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0),
  };
}

async function runAutocannon({ url, headers, seconds, connections, core }) {
  const head = Object.entries(headers ?? {}).flatMap(([name, value]) => ["-H", `${name}=${value}`]);
  const args = [AUTOCANNON, "-j", "-c", String(connections), "-d", String(seconds), ...head, url];
  const result = JSON.parse(await output(core, process.execPath, args));
  return {
    rps: result.requests.average,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}

/** Requests/s and latencies of one target; throws if any answer was not 2xx, since that would measure errors. */
export async function load(target, { seconds, connections, core = LOAD_CORE }) {
  const run = WRK ? runWrk : runAutocannon;
  const { failed, ...figures } = await run({ ...target, seconds, connections, core });
  if (failed > 0) throw new Error(`${target.name}: ${failed} answers were not 2xx`);
  return figures;
}
