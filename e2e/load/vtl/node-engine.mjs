// An engine in a child process pinned to one core, asked one thing at a time.
import { spawn } from "node:child_process";
import path from "node:path";
import { pinned, SERVER_CORE } from "../processes.mjs";

const WORKER = path.join(import.meta.dirname, "worker.mjs");

/** Starts a worker. `output(id)` renders once, `rps(id, seconds)` measures; both give null for unknown templates. */
export async function startEngine(engine, file) {
  const [command, args] = pinned(SERVER_CORE, process.execPath, [WORKER, engine, file]);
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const next = () =>
    new Promise((resolve, reject) => {
      const ended = (code) => reject(new Error(`the worker of ${engine} ended (${code})`));
      child.once("exit", ended);
      child.once("message", (message) => {
        child.off("exit", ended);
        resolve(message);
      });
    });
  await next();
  const ask = (message) => {
    const answer = next();
    child.send(message);
    return answer;
  };
  return {
    output: async (id) => (await ask({ id }))?.output ?? null,
    rps: async (id, seconds) => (await ask({ id, seconds }))?.rps ?? null,
    stop: () => child.disconnect(),
  };
}
