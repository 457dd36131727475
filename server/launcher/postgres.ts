import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import {
  findPostgresBinaries,
  type PostgresBinaries,
} from "@/server/launcher/embedded-postgres/postgres-binaries";
import {
  type UnprivilegedAccount,
  unprivilegedAccount,
} from "@/server/launcher/embedded-postgres/unprivileged-account";
import { LaunchError } from "@/server/launcher/launch-error";
import { findFreePort, isPortAnswering, isProcessAlive } from "@/server/launcher/ports";

export type EmbeddedPostgres = {
  /** Connection string of `database`, which exists. */
  url: string;
  port: number;
  pid: number;
  /** Another live process started the server: `stop` leaves it running. */
  borrowed: boolean;
  /** Resolves when the server process is gone, whoever ended it. */
  exited: Promise<void>;
  stop: () => Promise<void>;
};

type Options = {
  /** Gatehouse's data folder. The server keeps `pg/`, `pg.json` (port and password), `pg.owner` and `postgres.log` in it. */
  dataDir: string;
  database?: string;
  log?: (line: string) => void;
};

type Access = { port: number; password: string };

const USER = "gatehouse";
const START_TIMEOUT_MS = 60_000;
const LOG_LIMIT_BYTES = 10_000_000;

/** Starts the embedded PostgreSQL on its data folder, or attaches to the one that already runs on it. */
export async function startPostgres({
  dataDir,
  database = "gatehouse",
  log = () => {},
}: Options): Promise<EmbeddedPostgres> {
  const files = postgresFiles(dataDir);
  const binaries = findPostgresBinaries();
  makeFolder(dataDir);
  const account = unprivilegedAccount(files.cluster);
  let access = readAccess(files, binaries);
  if (!access) {
    access = { port: await findFreePort(), password: randomBytes(18).toString("base64url") };
    createCluster({ files, binaries, account, access });
    log("created the database folder");
  }
  const running = await findRunningServer(files);
  if (running) {
    const server = attach(files, running.pid);
    log(`attached to the server that already runs (pid ${running.pid})`);
    await ensureDatabase({ ...access, port: running.port }, database);
    return {
      ...server,
      port: running.port,
      url: connectionString({ ...access, port: running.port }, database),
    };
  }
  if (await isPortAnswering(access.port)) {
    access = { ...access, port: await findFreePort() };
    writeFileSync(files.access, JSON.stringify(access), { mode: 0o600 });
  }
  const child = spawnServer({ files, binaries, account, port: access.port });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await waitUntilReady({ child, access, database, files });
  writeFileSync(files.owner, String(process.pid));
  return {
    url: connectionString(access, database),
    port: access.port,
    pid: child.pid ?? 0,
    borrowed: false,
    exited,
    stop: () => fastShutdown(child.pid ?? 0, () => child.exitCode !== null || child.signalCode !== null),
  };
}

function makeFolder(dataDir: string) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new LaunchError(`The data folder ${dataDir} cannot be made: ${(error as Error).message}`);
  }
}

function postgresFiles(dataDir: string) {
  return {
    dataDir,
    cluster: path.join(dataDir, "pg"),
    access: path.join(dataDir, "pg.json"),
    owner: path.join(dataDir, "pg.owner"),
    log: path.join(dataDir, "postgres.log"),
  };
}
type PostgresFiles = ReturnType<typeof postgresFiles>;

function connectionString({ port, password }: Access, database: string) {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** The kept port and password; undefined when there is no database yet. Never deletes what it does not understand. */
function readAccess(files: PostgresFiles, binaries: PostgresBinaries): Access | undefined {
  if (!existsSync(files.cluster)) return undefined;
  const broken = (what: string) =>
    new LaunchError(
      `The data folder ${files.dataDir} is broken: ${what}. Restore it from a backup, or move it away to begin anew`,
    );
  let version: string;
  try {
    version = readFileSync(path.join(files.cluster, "PG_VERSION"), "utf8").trim();
  } catch {
    throw broken("pg/ holds no PostgreSQL database (pg/PG_VERSION cannot be read)");
  }
  if (version !== binaries.majorVersion) {
    throw broken(
      `pg/ was made by PostgreSQL ${version}, and this version of Gatehouse brings ${binaries.majorVersion}`,
    );
  }
  try {
    const access = JSON.parse(readFileSync(files.access, "utf8"));
    if (Number.isInteger(access.port) && typeof access.password === "string") return access;
  } catch {}
  throw broken("pg.json, which holds the password of the database, is missing or unreadable");
}

function createCluster(input: {
  files: PostgresFiles;
  binaries: PostgresBinaries;
  account: UnprivilegedAccount;
  access: Access;
}) {
  const { files, binaries, account, access } = input;
  // Made under another name and renamed when complete: an interrupted start never leaves half a database behind.
  const unfinished = `${files.cluster}.new`;
  const passwordFile = `${files.cluster}.password`;
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    writeFileSync(passwordFile, `${access.password}\n`, { mode: 0o600 });
    if (account.owner) {
      chownSync(unfinished, account.owner.uid, account.owner.gid);
      chownSync(passwordFile, account.owner.uid, account.owner.gid);
    }
    const { program, args } = account.command(binaries.initdb, [
      `--pgdata=${unfinished}`,
      `--username=${USER}`,
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--no-instructions",
    ]);
    const result = spawnSync(program, args, {
      ...account.spawnOptions,
      encoding: "utf8",
      cwd: files.dataDir,
    });
    if (result.status !== 0) {
      throw new LaunchError(
        `The database could not be created in ${files.dataDir}: ${lastLine(result.stderr) ?? result.error?.message ?? "initdb failed"}`,
      );
    }
    writeFileSync(files.access, JSON.stringify(access), { mode: 0o600 });
    chmodSync(files.access, 0o600);
    renameSync(unfinished, files.cluster);
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    throw new LaunchError(`The data folder ${files.dataDir} cannot be written: ${(error as Error).message}`);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function pidFile(files: PostgresFiles) {
  return path.join(files.cluster, "postmaster.pid");
}

async function findRunningServer(files: PostgresFiles) {
  if (!existsSync(pidFile(files))) return undefined;
  const lines = readFileSync(pidFile(files), "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !isProcessAlive(pid)) return undefined;
  return (await isPortAnswering(port)) ? { pid, port } : undefined;
}

/** A server whose owner is gone (kill -9) becomes ours to stop; one with a live owner is only used. */
function attach(files: PostgresFiles, pid: number) {
  const owner = existsSync(files.owner) ? Number(readFileSync(files.owner, "utf8")) : 0;
  const borrowed = owner > 0 && owner !== process.pid && isProcessAlive(owner);
  if (!borrowed) writeFileSync(files.owner, String(process.pid));
  // The file goes last. Looking only for the process would wait for whoever has to reap it.
  const isGone = () => !isProcessAlive(pid) || !existsSync(pidFile(files));
  const exited = (async () => {
    while (!isGone()) await sleep(100, undefined, { ref: false });
  })();
  return { pid, borrowed, exited, stop: async () => (borrowed ? undefined : fastShutdown(pid, isGone)) };
}

async function fastShutdown(pid: number, isGone: () => boolean) {
  if (isGone()) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 10_000;
  while (!isGone() && Date.now() < deadline) await sleep(20);
  if (!isGone()) process.kill(pid, "SIGQUIT");
}

function spawnServer(input: {
  files: PostgresFiles;
  binaries: PostgresBinaries;
  account: UnprivilegedAccount;
  port: number;
}): ChildProcess {
  const { files, binaries, account, port } = input;
  if (existsSync(files.log) && statSync(files.log).size > LOG_LIMIT_BYTES)
    renameSync(files.log, `${files.log}.1`);
  const logFile = openSync(files.log, "a", 0o600);
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    shared_buffers: "64MB",
    log_checkpoints: "off",
  };
  const { program, args } = account.command(binaries.postgres, [
    "-D",
    files.cluster,
    "-p",
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const child = spawn(program, args, {
    ...account.spawnOptions,
    cwd: files.dataDir,
    stdio: ["ignore", logFile, logFile],
    // Its own process group: Ctrl-C reaches the launcher first, which stops the database last.
    detached: true,
  });
  closeSync(logFile);
  return child;
}

async function waitUntilReady(input: {
  child: ChildProcess;
  access: Access;
  database: string;
  files: PostgresFiles;
}) {
  const { child, access, database, files } = input;
  let failure: string | undefined;
  child.once("error", (error) => {
    failure = error.message;
  });
  child.once("exit", () => {
    failure ??= lastLogProblem(files.log) ?? "the server ended at once";
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (failure) {
      throw new LaunchError(
        `The database in ${files.cluster} does not start: ${failure} (log: ${files.log})`,
      );
    }
    try {
      await ensureDatabase(access, database);
      return;
    } catch (error) {
      const wrongPassword = (error as { code?: string }).code === "28P01";
      if (wrongPassword || Date.now() > deadline) {
        child.kill("SIGINT");
        const reason = wrongPassword
          ? `its password is not the one in ${files.access}`
          : (error as Error).message;
        throw new LaunchError(`The database in ${files.cluster} cannot be used: ${reason}`);
      }
      await sleep(50);
    }
  }
}

async function ensureDatabase(access: Access, database: string) {
  const client = new pg.Client({ connectionString: connectionString(access, "postgres") });
  client.on("error", () => {});
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } catch (error) {
    // 42P04, 23505: another process made it in the same moment.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await client.end();
  }
}

function lastLogProblem(file: string) {
  const tail = readFileSync(file, "utf8").slice(-4000).split("\n");
  return tail
    .reverse()
    .find((line) => /\b(FATAL|PANIC|ERROR):/.test(line))
    ?.replace(/^.*?\b(FATAL|PANIC|ERROR):\s*/, "");
}

function lastLine(text: string | undefined) {
  return text
    ?.trim()
    .split("\n")
    .findLast((line) => line.trim() !== "")
    ?.trim();
}
