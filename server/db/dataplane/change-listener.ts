import pg from "pg";
import { CONFIG_CHANNEL } from "../config-change";

const RECONNECT_MS = 1_000;

/**
 * Calls `onHint` whenever configuration changed, and once after each (re)connection, since hints may have been
 * missed. Reconnects for ever; returns a function that stops it.
 */
export function listenForChanges(databaseUrl: string, onHint: () => void): () => Promise<void> {
  let isClosed = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client = fresh;
    let isLost = false;
    const lost = () => {
      if (isLost || isClosed) return;
      isLost = true;
      fresh.end().catch(() => undefined);
      timer = setTimeout(() => void connect(), RECONNECT_MS);
    };
    fresh.on("error", lost);
    fresh.on("end", lost);
    fresh.on("notification", onHint);
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CONFIG_CHANNEL}`);
      onHint();
    } catch {
      lost();
    }
  };
  void connect();
  return async () => {
    isClosed = true;
    if (timer) clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
