// Runs one engine in a process of its own: `node worker.mjs ENGINE TEMPLATES`. Answers messages in order.
import { prepare } from "./engines.mjs";
import { readTemplates } from "./templates.mjs";

const [engine, file] = process.argv.slice(2);
const BATCH = 8;

const renders = new Map();
for (const line of readTemplates(file)) renders.set(line.id, await prepare(engine, line));

function rendersPerSecond(render, seconds) {
  const start = process.hrtime.bigint();
  const end = start + BigInt(Math.round(seconds * 1e9));
  let count = 0;
  let written = 0;
  let now = start;
  while (now < end) {
    for (let i = 0; i < BATCH; i++) written += render().length;
    count += BATCH;
    now = process.hrtime.bigint();
  }
  if (written < 0) throw new Error("nothing was rendered");
  return count / (Number(now - start) / 1e9);
}

process.on("message", ({ id, seconds }) => {
  const render = renders.get(id);
  if (!render) process.send(null);
  else
    process.send(seconds === undefined ? { output: render() } : { rps: rendersPerSecond(render, seconds) });
});
process.on("disconnect", () => process.exit(0));
process.send("ready");
