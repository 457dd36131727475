import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddedPostgres, startPostgres } from "@/server/launcher/postgres";

export type Database = {
  /** Where it listens now. A restarted server may have had to take another port. */
  url: () => string;
  stop: () => Promise<void>;
};

type Options = {
  dataDir: string;
  onRestart: (reason: string) => void;
  onMoved: () => void;
};

const LONGEST_DELAY_MS = 10_000;

/** The embedded Postgres, started again with growing pauses whenever it ends by itself. */
export async function keepEmbeddedDatabase({ dataDir, onRestart, onMoved }: Options): Promise<Database> {
  let server = await startPostgres({ dataDir });
  let stopping = false;

  async function restart(): Promise<EmbeddedPostgres | undefined> {
    for (let delayMs = 200; !stopping; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
      try {
        return await startPostgres({ dataDir });
      } catch (error) {
        onRestart((error as Error).message);
        await sleep(delayMs, undefined, { ref: false });
      }
    }
    return undefined;
  }

  async function guard() {
    for (;;) {
      await server.exited;
      if (stopping) return;
      onRestart("it ended");
      const next = await restart();
      if (!next) return;
      const moved = next.url !== server.url;
      server = next;
      if (stopping) return void (await server.stop());
      if (moved) onMoved();
    }
  }
  void guard();

  return {
    url: () => server.url,
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}
