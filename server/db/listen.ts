import pg from "pg";
import { databaseUrl } from "./client";

export type Listener = { close: () => Promise<void> };

type Options = {
  channel: string;
  onNotification: (payload: string) => void;
  /** Called at every (re)connection: what was sent before it may have been missed. */
  onConnected?: () => void;
  url?: string;
};

const RECONNECT_MS = 1_000;

/** Listens to a channel on a connection of its own, and connects again whenever it is lost. */
export function listen({ channel, onNotification, onConnected, url }: Options): Listener {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const connectLater = () => {
    client = undefined;
    if (isClosed || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, RECONNECT_MS);
  };
  const connect = async () => {
    const next = new pg.Client({ connectionString: url ?? databaseUrl(), keepAlive: true });
    client = next;
    next.on("error", () => undefined);
    next.on("notification", ({ payload }) => onNotification(payload ?? ""));
    try {
      await next.connect();
      next.once("end", connectLater);
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      onConnected?.();
    } catch {
      await next.end().catch(() => undefined);
      connectLater();
    }
  };
  void connect();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
