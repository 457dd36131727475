#!/usr/bin/env node
// Drop-in for Prisma's native `schema-engine` binary (which is downloaded from binaries.prisma.sh and not shipped on npm):
// same CLI + JSON-RPC-over-stdio protocol, served by Prisma's own WebAssembly build of the engine through @prisma/adapter-pg.
// Used through PRISMA_SCHEMA_ENGINE_BINARY.
import { readFileSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";

const argv = process.argv.slice(2);
const glueUrl = import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
const wasmPath = path.join(path.dirname(new URL(glueUrl).pathname), "schema_engine_bg.wasm");

if (argv.includes("--version") || argv.includes("-V")) {
  const v = JSON.parse(readFileSync(path.join(path.dirname(wasmPath), "package.json"), "utf8")).version;
  console.log(`schema-engine-cli ${v.split(".").pop()}`);
  process.exit(0);
}
const datamodels = [];
let datasource = {};
const cli = [];
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === "--datamodels") datamodels.push([argv[++i]]);
  else if (argv[i] === "--datasource") datasource = JSON.parse(argv[++i]);
  else if (argv[i] === "--enabled-preview-features" || argv[i] === "--extension-types") i++;
  else cli.push(argv[i]);
}
const pg = (await import("pg")).default;
const logLine = (level, fields) =>
  process.stderr.write(
    JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: "schema_engine::logger" }) +
      "\n",
  );
const withDb = (url, db) => {
  const u = new URL(url);
  u.pathname = `/${db}`;
  return u.toString();
};
const dbName = (url) => decodeURIComponent(new URL(url).pathname.slice(1)) || "postgres";
const pgUrl = (url) => {
  const u = new URL(url);
  for (const k of [
    "schema",
    "connection_limit",
    "pool_timeout",
    "pgbouncer",
    "connect_timeout",
    "socket_timeout",
  ])
    u.searchParams.delete(k);
  return u.toString();
};
const schemaOf = (url) => new URL(url).searchParams.get("schema") ?? undefined;

if (cli[0] === "cli") {
  const url = pgUrl(datasource.url);
  const connect = async (u) => {
    const c = new pg.Client({ connectionString: u, connectionTimeoutMillis: 5000 });
    await c.connect();
    return c;
  };
  try {
    if (cli[1] === "can-connect-to-database") {
      const c = await connect(url);
      await c.end();
      console.log("Connection successful");
    } else if (cli[1] === "create-database" || cli[1] === "drop-database") {
      const c = await connect(withDb(url, "postgres"));
      await c.query(
        `${cli[1] === "create-database" ? "CREATE" : "DROP"} DATABASE "${dbName(url).replace(/"/g, '""')}"`,
      );
      await c.end();
      console.log(
        `Database '${dbName(url)}' was successfully ${cli[1] === "create-database" ? "created" : "dropped"}.`,
      );
    } else throw new Error(`unsupported: ${cli.join(" ")}`);
    process.exit(0);
  } catch (e) {
    const u = new URL(url);
    const map = {
      "3D000": ["P1003", `Database \`${dbName(url)}\` does not exist`],
      "28P01": [
        "P1000",
        `Authentication failed against database server, the provided database credentials for \`${u.username}\` are not valid.`,
      ],
      28000: ["P1000", "Authentication failed"],
    };
    const [code, message] =
      map[e.code] ??
      (/ECONN|ENOTFOUND|EHOST|timeout/i.test(`${e.code} ${e.message}`)
        ? ["P1001", `Can't reach database server at \`${u.hostname}:${u.port || 5432}\``]
        : ["P1010", e.message]);
    logLine("INFO", { message: "Starting schema engine CLI" }); // the caller drops the first line
    logLine("ERROR", { is_panic: false, error_code: code, message });
    process.exit(1);
  }
}

const { PrismaPg } = await import("@prisma/adapter-pg");
const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = await import("@prisma/driver-adapter-utils");
function factory() {
  if (!datasource.url)
    return {
      provider: "postgres",
      adapterName: "none",
      connect: async () => {
        throw new Error("datasource.url is required");
      },
      connectToShadowDb: async () => {
        throw new Error("datasource.url is required");
      },
    };
  const url = pgUrl(datasource.url),
    schema = schemaOf(datasource.url);
  const ident = (s) => `"${s.replace(/"/g, '""')}"`;
  const pathOpt = schema && schema !== "public" ? { options: `-c search_path=${ident(schema)}` } : {};
  const main = () => new PrismaPg({ connectionString: url, max: 1, ...pathOpt }, { schema });
  const ensureSchema = async (u) => {
    if (!schema || schema === "public") return;
    const c = new pg.Client({ connectionString: u });
    await c.connect();
    await c.query(`CREATE SCHEMA IF NOT EXISTS ${ident(schema)}`);
    await c.end();
  };
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: async () => {
      await ensureSchema(url);
      return migrationAware(await main().connect());
    },
    connectToShadowDb: async () => {
      if (datasource.shadowDatabaseUrl)
        return migrationAware(
          await new PrismaPg({ connectionString: pgUrl(datasource.shadowDatabaseUrl) }).connect(),
        );
      const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
      const admin = new pg.Client({ connectionString: url });
      await admin.connect();
      await admin.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
      await ensureSchema(withDb(url, name));
      const shadow = migrationAware(
        await new PrismaPg({ connectionString: withDb(url, name), max: 1, ...pathOpt }, { schema }).connect(),
      );
      const dispose = shadow.dispose.bind(shadow);
      shadow.dispose = async () => {
        await dispose();
        await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
        await admin.end();
      };
      return shadow;
    },
  };
}

// @prisma/adapter-pg is written for queries, not for migrations; three gaps are closed here:
//  - PostgreSQL's internal "char" type (catalog columns) is unsupported -> Character, '' -> NUL as the native driver does
//  - executeScript() splits on ';' (breaks functions, DO blocks, strings) -> one simple-protocol call, like the native engine
//  - its shadow database cleanup drops the database while still connected -> own connectToShadowDb above
const PG_CHAR = 18,
  PG_TEXT = 25;
function migrationAware(adapter) {
  const { performIO, queryRaw } = adapter;
  if (typeof performIO !== "function") throw new Error("unexpected @prisma/adapter-pg version");
  const chars = new WeakMap();
  adapter.performIO = async function (query) {
    const res = await performIO.call(this, query);
    const cols = [];
    res.fields?.forEach((f, i) => {
      if (f.dataTypeID === PG_CHAR) {
        cols.push(i);
        f.dataTypeID = PG_TEXT;
      }
    });
    if (cols.length) chars.set(res.rows, cols);
    return res;
  };
  adapter.queryRaw = async function (query) {
    const r = await queryRaw.call(this, query);
    for (const i of chars.get(r.rows) ?? []) {
      r.columnTypes[i] = ColumnTypeEnum.Character;
      for (const row of r.rows) if (row[i] === "") row[i] = "\0";
    }
    return r;
  };
  adapter.executeScript = async function (script) {
    try {
      await this.underlyingDriver().query(script);
    } catch (e) {
      this.onError(e);
    }
  };
  return adapter;
}

const glue = await import(glueUrl);
const { instance } = await WebAssembly.instantiate(readFileSync(wasmPath), { "./schema_engine_bg.js": glue });
glue.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (m) => {
    globalThis.__panic = m;
  },
};
const bound = bindMigrationAwareSqlAdapterFactory(factory());
const files = datamodels.map(([f]) => [f, readFileSync(f, "utf8")]);
let engine;
const getEngine = async () =>
  (engine ??= await glue.SchemaEngine.new(
    { datamodels: files.length ? files : undefined },
    (l) => process.env.DEBUG && process.stderr.write(`${l}\n`),
    bound,
  ));

const send = (m) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...m })}\n`);
async function call(method, params) {
  if (method === "createDatabase") {
    const u = pgUrl(datasource.url);
    const c = new pg.Client({ connectionString: withDb(u, "postgres") });
    await c.connect();
    try {
      await c.query(`CREATE DATABASE "${dbName(u)}"`);
    } catch (e) {
      if (e.code !== "42P04") throw e;
    } finally {
      await c.end();
    }
    return { databaseName: dbName(u) };
  }
  const e = await getEngine();
  if (method === "getDatabaseVersion") return e.version(params ?? null);
  if (method === "diff") {
    const r = await e.diff(params);
    if (r.stdout != null)
      send({ id: 1e6 + Math.floor(Math.random() * 1e6), method: "print", params: { content: r.stdout } });
    return { exitCode: r.exitCode, stdout: null };
  }
  if (typeof e[method] !== "function") {
    const err = new Error(`Method not found: ${method}`);
    err.rpc = -32601;
    throw err;
  }
  return (await e[method](params ?? {})) ?? {};
}
let pending = 0,
  closed = false;
const maybeExit = () => {
  if (closed && pending === 0) process.exit(0);
};
readline
  .createInterface({ input: process.stdin })
  .on("line", async (line) => {
    if (!line.trim()) return;
    const m = JSON.parse(line);
    if (!m.method) return; // reply to our `print`
    pending++;
    try {
      send({ id: m.id, result: await call(m.method, m.params) });
    } catch (e) {
      const ue = e?.code && String(e.code).startsWith("P") ? { error_code: e.code, meta: e.meta } : {};
      const panic = globalThis.__panic;
      send({
        id: m.id,
        error: {
          code: 4466,
          message: "An error happened. Check the data field for details.",
          data: {
            is_panic: Boolean(panic),
            message: panic ?? (e?.message || String(e)),
            backtrace: null,
            ...ue,
          },
        },
      });
      if (process.env.DEBUG) console.error(e);
    } finally {
      pending--;
      maybeExit();
    }
  })
  .on("close", () => {
    closed = true;
    maybeExit();
  });
