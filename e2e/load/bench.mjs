// `npm run bench [-- --json] [--seconds N] [--rounds N] [--connections N]`
// Servers on one core, load and back end on another. The two of a pair run in turn, round after round, since machines
// drift; a ratio is the median of the rounds' ratios, the figures are the medians of all runs of a target. A round in which the
// host took the CPU away is measured again.
import { parseArgs } from "node:util";
import { driver, load } from "./load.mjs";
import { freePort, LOAD_CORE, SERVER_CORE, startServer } from "./processes.mjs";
import { quietness, quietRound } from "./steal.mjs";
import { startGatehouse } from "./targets/gatehouse.mjs";
import { startBackend, startNginxLimited, startNginxProxy } from "./targets/nginx.mjs";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "5" },
    connections: { type: "string", default: "32" },
  },
});
const settings = { seconds: Number(values.seconds), connections: Number(values.connections) };
const rounds = Number(values.rounds);
const WARM_UP_SECONDS = 8;

const PAIRS = [
  { ratio: "mockToNodeHttp", ours: "gatehouseMock", theirs: "nodeHttp", mark: 0.7 },
  { ratio: "proxyToNginx", ours: "gatehouseProxy", theirs: "nginxProxy", mark: 0.4 },
  { ratio: "fullToNginxLimited", ours: "gatehouseFull", theirs: "nginxLimited", mark: 0.3 },
  { ratio: "proxyToFastify", ours: "gatehouseProxy", theirs: "fastifyProxy", mark: 3 },
];

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

async function startNode(name, file, route, args = []) {
  const port = await freePort();
  const script = new URL(`./targets/${file}`, import.meta.url).pathname;
  const url = `http://127.0.0.1:${port}${route}`;
  return startServer({
    name,
    core: SERVER_CORE,
    command: process.execPath,
    args: [script, String(port), ...args],
    url,
  });
}

async function startTargets(running) {
  const keep = (server) => {
    running.push(server);
    return server;
  };
  const backend = keep(await startBackend(LOAD_CORE));
  const origin = new URL(backend.url).origin;
  const gatehouse = keep(await startGatehouse(SERVER_CORE, origin));
  return {
    nodeHttp: keep(await startNode("raw node:http", "node-http.mjs", "/")),
    nginxProxy: keep(await startNginxProxy(SERVER_CORE, origin)),
    nginxLimited: {
      ...keep(await startNginxLimited(SERVER_CORE, origin)),
      headers: { "x-api-key": "bench" },
    },
    fastifyProxy: keep(await startNode("@fastify/http-proxy", "fastify-proxy.mjs", "/pets/1", [origin])),
    ...gatehouse.targets,
  };
}

async function measure(targets) {
  const names = new Set(PAIRS.flatMap(({ ours, theirs }) => [theirs, ours]));
  const runs = Object.fromEntries([...names].map((name) => [name, []]));
  const ratios = {};
  const all = [];
  // Servers run for days: what counts is the code after the compiler has seen it, on all sides.
  for (const name of names) await load(targets[name], { ...settings, seconds: WARM_UP_SECONDS });
  for (const pair of PAIRS) {
    const perRound = [];
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 ? [pair.theirs, pair.ours] : [pair.ours, pair.theirs];
      const measured = await quietRound(async () => {
        const figures = {};
        for (const name of order) figures[name] = await load(targets[name], settings);
        return figures;
      });
      all.push(measured);
      for (const name of order) runs[name].push(measured.value[name]);
      perRound.push(measured.value[pair.ours].rps / measured.value[pair.theirs].rps);
    }
    ratios[pair.ratio] = median(perRound);
  }
  const results = {};
  for (const [name, figures] of Object.entries(runs)) {
    const of = (key) => Number(median(figures.map((run) => run[key])).toFixed(2));
    results[name] = { rps: Math.round(of("rps")), p50Ms: of("p50Ms"), p99Ms: of("p99Ms") };
  }
  return {
    results,
    ratios: Object.fromEntries(Object.entries(ratios).map(([k, v]) => [k, Number(v.toFixed(3))])),
    machine: quietness(all),
  };
}

function print({ results, ratios, machine }, targets) {
  console.log(
    `load: ${driver}, ${settings.connections} connections, ${settings.seconds} s x ${rounds} rounds a pair`,
  );
  console.log(machine);
  console.log(
    `${"target".padEnd(46)}${"req/s".padStart(10)}${"p50 ms".padStart(10)}${"p99 ms".padStart(10)}`,
  );
  for (const [name, { rps, p50Ms, p99Ms }] of Object.entries(results)) {
    const title = targets[name].name.padEnd(46);
    console.log(
      `${title}${String(rps).padStart(10)}${p50Ms.toFixed(2).padStart(10)}${p99Ms.toFixed(2).padStart(10)}`,
    );
  }
  console.log("");
  for (const { ratio, ours, theirs, mark } of PAIRS) {
    const what = `${targets[ours].name} / ${targets[theirs].name}`;
    const verdict =
      mark === undefined ? "" : ratios[ratio] >= mark ? `  (mark ${mark}: met)` : `  (mark ${mark}: MISSED)`;
    console.log(`${ratio.padEnd(20)}${ratios[ratio].toFixed(2).padStart(6)}  ${what}${verdict}`);
  }
}

const running = [];
try {
  const targets = await startTargets(running);
  const outcome = await measure(targets);
  if (values.json) console.log(JSON.stringify(outcome));
  else print(outcome, targets);
} finally {
  await Promise.all(running.map((server) => server.stop()));
}
