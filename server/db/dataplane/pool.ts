import pg from "pg";

const CONNECTIONS = 4;
/** PostgreSQL takes a hundred unless told: workers beyond the fourth make all of them modest. */
const CONNECTIONS_OF_MANY = 2;

/** The data plane's connections. A query fails after some seconds rather than hang: the node serves on without it. */
export function openDataplanePool(databaseUrl: string, workers = 1): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: workers > 4 ? CONNECTIONS_OF_MANY : CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: "gatehouse-dataplane",
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  // And so would one that breaks between two queries of a transaction; the next query rejects.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
