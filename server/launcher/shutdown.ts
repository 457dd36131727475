type Undo = () => Promise<void> | void;

/** Collects what must be undone at the end and undoes it once, the last first. */
export type Shutdown = {
  /** Does the work and remembers how to undo its result. An end that comes in between waits for the work. */
  open: <T>(work: () => Promise<T> | T, undo: (result: T) => Promise<void> | void) => Promise<T>;
  run: (exitCode: number) => Promise<void>;
  isRunning: () => boolean;
};

export function createShutdown(exit: (code: number) => void = process.exit): Shutdown {
  const undos: Undo[] = [];
  let opening: Promise<unknown> = Promise.resolve();
  let running = false;
  return {
    isRunning: () => running,
    async open(work, undo) {
      const result = (async () => work())();
      opening = result.then(
        (value) => undos.push(() => undo(value)),
        () => {},
      );
      await opening;
      return result;
    },
    async run(exitCode) {
      if (running) return;
      running = true;
      await opening;
      for (const undo of undos.reverse()) {
        try {
          await undo();
        } catch (error) {
          console.error(`  ✗ while stopping: ${(error as Error).message}`);
        }
      }
      exit(exitCode);
    },
  };
}

/** Ends on Ctrl-C, on a request to end, and when npm, which does not pass signals on, is gone. */
export function endOnSignals(shutdown: Shutdown) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void shutdown.run(0));
  }
  process.on("uncaughtException", (error) => {
    console.error(error);
    void shutdown.run(1);
  });
  // A terminal that is gone must not keep the end from being orderly.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) void shutdown.run(0);
    }, 500).unref();
  }
}
