// Starts servers pinned to one core and stops them again.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { cpus } from "node:os";

export const SERVER_CORE = 0;
export const LOAD_CORE = cpus().length > 1 ? 1 : 0;
const canPin = process.platform === "linux" && existsSync("/usr/bin/taskset");

/** The command line that runs `command` on one core, where the system can pin; on any if `core` is null. */
export function pinned(core, command, args) {
  return canPin && core !== null
    ? ["/usr/bin/taskset", ["-c", String(core), command, ...args]]
    : [command, args];
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Spawns a server on a core and waits until `url` answers. The returned `stop` ends it and waits for its exit. */
export async function startServer({ name, core, command, args, env, url, headers }) {
  const [file, argv] = pinned(core, command, args);
  const child = spawn(file, argv, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors = (errors + chunk).slice(-4000);
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const deadline = Date.now() + 20_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended before it answered:\n${errors}`);
    const status = await fetch(url, { headers }).then(
      (answer) => answer.arrayBuffer().then(() => answer.status),
      () => null,
    );
    if (status === 200) break;
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${name} did not answer 200 at ${url} within 20 s (last: ${status})\n${errors}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    name,
    url,
    headers,
    pid: child.pid,
    async stop() {
      child.kill("SIGTERM");
      const killer = setTimeout(() => child.kill("SIGKILL"), 3000);
      await exited;
      clearTimeout(killer);
    },
  };
}
