import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { boxKey, type Environment } from "@/server/env";
import { claimPorts, demoBackendPort, localUrl, publicUrl } from "@/server/launcher/addresses";
import { keepSecret, openDataFolder } from "@/server/launcher/data-folder";
import { type Database, keepEmbeddedDatabase } from "@/server/launcher/database";
import { waitUntilHealthy } from "@/server/launcher/health";
import { LaunchError } from "@/server/launcher/launch-error";
import { migrate } from "@/server/launcher/migrate";
import { programs } from "@/server/launcher/programs";
import { createProgress } from "@/server/launcher/progress";
import { restartWhenRebuilt } from "@/server/launcher/restart-when-rebuilt";
import { runSeed } from "@/server/launcher/seed";
import type { Shutdown } from "@/server/launcher/shutdown";
import { createSupervisor, type Supervisor } from "@/server/launcher/supervisor/supervisor";
import { welcomeText } from "@/server/launcher/welcome";

type Input = { env: Environment; development: boolean; shutdown: Shutdown };

/** Starts one instance, in order; returns when it is ready. `shutdown` knows how to undo whatever was reached. */
export async function launch({ env, development, shutdown }: Input): Promise<void> {
  const progress = createProgress();
  checkBuild(env.homeDir, development);
  const folder = await shutdown.open(
    () => openDataFolder(env.dataDir),
    (opened) => opened.release(),
  );
  await claimPorts(env, folder.wasAbandoned ? 5000 : 0);

  let supervisor: Supervisor | undefined;
  const restartDatabaseUsers = () => {
    for (const name of ["gateway", "console"]) supervisor?.restart(name);
  };
  const database = await progress.step("database started", () =>
    shutdown.open(
      () => openDatabase(env, restartDatabaseUsers),
      (opened) => opened.stop(),
    ),
  );
  await progress.step("migrations checked", () =>
    migrate({ url: database.url(), directory: path.join(env.homeDir, "prisma", "migrations") }),
  );

  const cliToken = keepSecret(env.dataDir, "cli-token", "ghc_");
  // The value of an API key has letters and digits only.
  const sampleKey = keepSecret(env.dataDir, "sample-key", "sample").replace(/[^A-Za-z0-9]/g, "");
  const secret = env.secret ?? keepSecret(env.dataDir, "secret");
  const backendPort = await demoBackendPort(env);
  const environment = (): NodeJS.ProcessEnv => ({
    ...process.env,
    DATABASE_URL: database.url(),
    GATEHOUSE_HOME: env.homeDir,
    GATEHOUSE_DATA_DIR: env.dataDir,
    GATEHOUSE_HOST: env.host,
    GATEHOUSE_CONSOLE_PORT: String(env.consolePort),
    GATEHOUSE_GATEWAY_PORT: String(env.gatewayPort),
    GATEHOUSE_SECRET: secret,
    GATEHOUSE_ACCESS_KEY_BOX: boxKey(secret, "access-key"),
    GATEHOUSE_CLI_TOKEN_HASH: createHash("sha256").update(cliToken).digest("hex"),
    GATEHOUSE_DEMO_BACKEND_URL: `http://127.0.0.1:${backendPort}`,
  });
  const seed = await progress.step("first data checked", () =>
    runSeed(path.join(env.homeDir, "dist", "seed.mjs"), {
      ...environment(),
      GATEHOUSE_SAMPLE_KEY: sampleKey,
    }),
  );

  const gaveUp = new AbortController();
  const giveUp = (problem: LaunchError) => {
    gaveUp.abort(problem);
    console.error(`\n  ${problem.message}`);
    void shutdown.run(1);
  };
  const running = await shutdown.open(
    () => supervise(env, development, giveUp),
    (opened) => opened.stop(),
  );
  supervisor = running;
  for (const program of programs({ env, development, environment, demoBackendPort: backendPort }))
    running.start(program);
  if (development) restartWhenRebuilt(env.homeDir, running);

  const readiness = {
    "demo-backend": `http://127.0.0.1:${backendPort}/healthz`,
    gateway: `${localUrl(env.host, env.gatewayPort)}/_gatehouse/readyz`,
    console: `${localUrl(env.host, env.consolePort)}/healthz`,
  };
  await progress.step("console and gateway ready", () =>
    Promise.all(
      Object.entries(readiness).map(async ([name, url]) => {
        await waitUntilHealthy(url, gaveUp.signal);
        running.markReady(name);
      }),
    ),
  );
  const { ownerEmail, dataDir } = env;
  const consoleUrl = publicUrl(env.host, env.consolePort);
  const gatewayUrl = publicUrl(env.host, env.gatewayPort);
  // Where the CLI finds this instance.
  writeFileSync(path.join(dataDir, "instance.json"), JSON.stringify({ consoleUrl, gatewayUrl }));
  const elapsed = progress.elapsedSeconds();
  process.stdout.write(
    welcomeText({ consoleUrl, gatewayUrl, dataDir, ownerEmail, sampleKey, seed, elapsed }),
  );
}

function checkBuild(homeDir: string, development: boolean) {
  const needed = [
    "dist/dataplane.mjs",
    "dist/seed.mjs",
    "dist/demo-backend.mjs",
    ...(development ? [] : [".next/BUILD_ID"]),
  ];
  const missing = needed.find((file) => !existsSync(path.join(homeDir, file)));
  if (missing)
    throw new LaunchError(`${missing} is not built; start with \`npm start\`, which builds what is missing`);
}

async function openDatabase(env: Environment, onMoved: () => void): Promise<Database> {
  const { databaseUrl } = env;
  if (databaseUrl) return { url: () => databaseUrl, stop: async () => {} };
  return keepEmbeddedDatabase({
    dataDir: env.dataDir,
    onMoved,
    onRestart: (reason) => console.error(`  ! database: ${reason}; starting it again`),
  });
}

function supervise(env: Environment, development: boolean, onGiveUp: (problem: LaunchError) => void) {
  const logDir = path.join(env.dataDir, "logs");
  return createSupervisor({
    cwd: env.homeDir,
    logDir,
    echo: development ? (name, chunk) => process.stdout.write(prefixLines(name, chunk)) : undefined,
    onRestart: (name, reason, delayMs) =>
      console.error(`  ! ${name} ended (${reason}); starting it again in ${(delayMs / 1000).toFixed(1)} s`),
    onGiveUp: (name, output) => {
      const last =
        output
          .trim()
          .split("\n")
          .findLast((line) => /error|cannot|fail/i.test(line)) ?? output.trim().split("\n").at(-1);
      onGiveUp(
        new LaunchError(
          `The ${name} does not stay up: ${last?.trim() || "no output"} (log: ${logDir}/${name}.log)`,
        ),
      );
    },
  });
}

function prefixLines(name: string, chunk: Buffer) {
  return chunk
    .toString()
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => `[${name}] ${line}\n`)
    .join("");
}
