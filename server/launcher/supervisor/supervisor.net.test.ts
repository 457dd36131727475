import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isProcessAlive } from "@/server/launcher/ports";
import { createSupervisor, type Program, type Supervisor } from "@/server/launcher/supervisor/supervisor";

let folder: string;
let supervisor: Supervisor;
let restarts: { name: string; delayMs: number }[];
let gaveUp: { name: string; output: string }[];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "gatehouse-supervisor-"));
  restarts = [];
  gaveUp = [];
  supervisor = createSupervisor({
    cwd: folder,
    logDir: folder,
    firstDelayMs: 5,
    killAfterMs: 300,
    onRestart: (name, _reason, delayMs) => restarts.push({ name, delayMs }),
    onGiveUp: (name, output) => gaveUp.push({ name, output }),
  });
});
afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that notes its process id, then does what `body` says. */
function program(body: string, env: () => Record<string, string> = () => ({})): Program {
  const script = path.join(folder, "program.mjs");
  writeFileSync(
    script,
    `import fs from "node:fs";\nfs.appendFileSync("starts", process.pid + " " + process.env.WORD + "\\n");\n${body}`,
  );
  return { name: "program", script, environment: () => ({ ...process.env, ...env() }) };
}

function starts() {
  try {
    return readFileSync(path.join(folder, "starts"), "utf8")
      .trim()
      .split("\n")
      .map((line) => {
        const [pid, word] = line.split(" ");
        return { pid: Number(pid), word };
      });
  } catch {
    return [];
  }
}

async function until(what: () => boolean) {
  const deadline = Date.now() + 15_000;
  while (!what()) {
    if (Date.now() > deadline) throw new Error(`not so in time: ${what}`);
    await sleep(10);
  }
}

describe("the supervisor", () => {
  it("brings back a program that dies, with its environment read anew", async () => {
    let word = "first";
    supervisor.start(program("setInterval(() => {}, 1000);", () => ({ WORD: word })));
    await until(() => starts().length === 1);
    word = "second";
    process.kill(starts()[0]?.pid ?? 0, "SIGKILL");
    await until(() => starts().length === 2);
    expect(starts().map((start) => start.word)).toEqual(["first", "second"]);
    expect(restarts).toHaveLength(1);
  });

  it("waits longer each time, and gives up a program that never came up, with its last words", async () => {
    supervisor.start(program("console.error('Error: no such thing'); process.exit(3);"));
    await until(() => gaveUp.length === 1);
    expect(gaveUp[0]?.output).toContain("Error: no such thing");
    const delays = restarts.map(({ delayMs }) => delayMs);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(new Set(delays).size).toBe(delays.length);
  });

  it("never gives up a program that was ready once", async () => {
    const quits = program("setTimeout(() => process.exit(1), 30);");
    supervisor.start(quits);
    supervisor.markReady("program");
    await until(() => starts().length > 6);
    expect(gaveUp).toEqual([]);
  });

  it("restarts on request at once, without counting it as a death", async () => {
    supervisor.start(program("setInterval(() => {}, 1000);"));
    await until(() => starts().length === 1);
    await sleep(100);
    supervisor.restart("program");
    await until(() => starts().length === 2);
    expect(restarts).toEqual([]);
  });

  it("ends also a program that does not listen, and does not bring it back", async () => {
    supervisor.start(program("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);"));
    await until(() => starts().length === 1);
    await sleep(100);
    const startedAt = Date.now();
    await supervisor.stop();
    expect(Date.now() - startedAt).toBeLessThan(2000);
    expect(isProcessAlive(starts()[0]?.pid ?? 0)).toBe(false);
    expect(starts()).toHaveLength(1);
  });

  it("keeps what a program writes in a file", async () => {
    supervisor.start(program("console.log('out'); console.error('err'); setInterval(() => {}, 1000);"));
    const log = () => readFileSync(path.join(folder, "program.log"), "utf8");
    await until(() => log().includes("out") && log().includes("err"));
  });
});
