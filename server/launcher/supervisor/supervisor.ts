import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { RotatingLog } from "@/server/launcher/supervisor/rotating-log";

export type Program = {
  name: string;
  /** A Node program and its arguments. */
  script: string;
  args?: string[];
  nodeArgs?: string[];
  /** Read anew at every start, so that a restart sees what has changed. */
  environment: () => NodeJS.ProcessEnv;
  /** How long it may take to end; the supervisor's own time unless told. */
  killAfterMs?: number;
};

export type Supervisor = {
  start: (program: Program) => void;
  /** Ends a program; it comes back at once, with its environment read anew. */
  restart: (name: string) => void;
  /** From now on the program is restarted for ever; before that, one that keeps dying is given up. */
  markReady: (name: string) => void;
  stop: () => Promise<void>;
};

type Options = {
  cwd: string;
  logDir: string;
  /** Also shown in the terminal (development). */
  echo?: (name: string, chunk: Buffer) => void;
  onRestart: (name: string, reason: string, delayMs: number) => void;
  onGiveUp: (name: string, lastOutput: string) => void;
  firstDelayMs?: number;
  killAfterMs?: number;
};

type Running = {
  program: Program;
  log: RotatingLog;
  child?: ChildProcess;
  timer?: NodeJS.Timeout;
  quickDeaths: number;
  ready: boolean;
  wanted: boolean;
  lastOutput: string;
};

const LONGEST_DELAY_MS = 10_000;
const STEADY_AFTER_MS = 30_000;
const QUICK_DEATHS_BEFORE_GIVING_UP = 4;

/**
 * Loaded into every child. Its channel to the supervisor closes when the supervisor dies in whatever way; the child
 * then ends itself, and harder after three seconds, because `next start` waits for open event streams without end.
 */
const DIE_WITH_PARENT = `data:text/javascript,${encodeURIComponent(
  'process.on("disconnect",()=>{process.kill(process.pid,"SIGTERM");setTimeout(()=>process.kill(process.pid,"SIGKILL"),3000).unref()})',
)}`;

/** Runs programs, restarts with growing pauses what dies, and ends all together. */
export function createSupervisor(options: Options): Supervisor {
  const all = new Map<string, Running>();
  const firstDelayMs = options.firstDelayMs ?? 200;
  let stopping = false;

  function launch(entry: Running) {
    const { program } = entry;
    const startedAt = Date.now();
    entry.timer = undefined;
    entry.wanted = false;
    const child = spawn(
      process.execPath,
      ["--import", DIE_WITH_PARENT, ...(program.nodeArgs ?? []), program.script, ...(program.args ?? [])],
      {
        cwd: options.cwd,
        env: program.environment(),
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        // Its own process group: Ctrl-C reaches only the supervisor, which ends the programs in order.
        detached: true,
      },
    );
    entry.child = child;
    const collect = (chunk: Buffer) => {
      entry.log.write(chunk);
      entry.lastOutput = (entry.lastOutput + chunk).slice(-4000);
      options.echo?.(program.name, chunk);
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.once("error", () => {});
    child.once("close", (code, signal) => {
      entry.child = undefined;
      if (!stopping) relaunch(entry, signal ?? `code ${code}`, Date.now() - startedAt);
    });
  }

  function relaunch(entry: Running, reason: string, ranMs: number) {
    if (entry.wanted) return launch(entry);
    entry.quickDeaths = ranMs > STEADY_AFTER_MS ? 0 : entry.quickDeaths + 1;
    if (!entry.ready && entry.quickDeaths > QUICK_DEATHS_BEFORE_GIVING_UP) {
      options.onGiveUp(entry.program.name, entry.lastOutput);
      return;
    }
    const delayMs = Math.min(firstDelayMs * 2 ** entry.quickDeaths, LONGEST_DELAY_MS);
    options.onRestart(entry.program.name, reason, delayMs);
    entry.timer = setTimeout(() => launch(entry), delayMs);
  }

  const patienceWith = (program: Program) => program.killAfterMs ?? options.killAfterMs ?? 3000;

  return {
    start(program) {
      const log = new RotatingLog(path.join(options.logDir, `${program.name}.log`));
      const entry = { program, log, quickDeaths: 0, ready: false, wanted: false, lastOutput: "" };
      all.set(program.name, entry);
      launch(entry);
    },
    restart(name) {
      const entry = all.get(name);
      if (!entry?.child) return;
      entry.wanted = true;
      void end(entry.child, patienceWith(entry.program));
    },
    markReady(name) {
      const entry = all.get(name);
      if (entry) entry.ready = true;
    },
    async stop() {
      stopping = true;
      const entries = [...all.values()];
      all.clear();
      await Promise.all(
        entries.map(async (entry) => {
          clearTimeout(entry.timer);
          if (entry.child) await end(entry.child, patienceWith(entry.program));
          entry.log.close();
        }),
      );
    },
  };
}

/** SIGTERM, and SIGKILL to the whole process group when that does not help. */
function end(child: ChildProcess, killAfterMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => killGroup(child), killAfterMs);
    child.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function killGroup(child: ChildProcess) {
  try {
    process.kill(process.platform === "win32" ? (child.pid ?? 0) : -(child.pid ?? 0), "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
