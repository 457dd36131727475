// `npm run bench:scale [-- --only routes,keys,apis,workers]`
// What many routes, keys and APIs cost the gateway: parts of it, each measurement in a process of its own; and what a second
// worker brings. Times are by the clock: what is compared takes turns, since machines drift.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { runBundled } from "../run-bundled.mjs";
import { measureWorkers } from "./measure-workers.mjs";

const { values } = parseArgs({
  options: { only: { type: "string", default: "routes,keys,apis,workers" }, here: { type: "string" } },
});
if (values.here !== undefined) {
  const { measure } = await runBundled("e2e/load/scale/main.ts");
  console.log(measure(values.here));
} else {
  for (const name of values.only.split(",")) {
    if (name === "workers") {
      console.log(await measureWorkers());
      continue;
    }
    const args = ["--expose-gc", import.meta.filename, "--here", name];
    const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
    if (status !== 0) process.exit(1);
  }
}
