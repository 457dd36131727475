// Runs before `npm start | run dev | test`, also on a bare clone: packages, Prisma client, builds; only what is stale.
// Uses nothing outside Node, since nothing may be installed yet.
import { existsSync } from "node:fs";
import path from "node:path";
import { runStep } from "./progress.mjs";
import { waitForTurn } from "./single-run.mjs";
import { arePackagesInstalled, hashInputs, isFresh, markFresh } from "./stale.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Gatehouse needs Node.js 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

/** start: everything. dev, cli: programs, no console build. test: neither (scripts/test.mjs builds). */
const mode = process.argv[2] ?? "start";
process.chdir(path.resolve(import.meta.dirname, ".."));

const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
};

await waitForTurn();
await installPackages();
await generatePrismaClient();
if (mode !== "test") await bundlePrograms();
if (mode === "start") await buildConsole();

async function installPackages() {
  if (arePackagesInstalled()) return;
  // No package of ours needs an install script. NODE_ENV=production would leave the build tools out.
  const args = ["ci", "--include=dev", "--include=optional", "--ignore-scripts", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const start = /npm-cli\.[cm]?js$/.test(npm ?? "") ? { args: [npm, ...args] } : { command: "npm", args };
  await step({ label: "packages installed", ...start, retries: 2, env: { ...QUIET, NODE_ENV: "" } });
}

async function generatePrismaClient() {
  const stamp = "server/db/generated/.stamp";
  const hash = hashInputs(["prisma/schema.prisma", "package-lock.json"]);
  if (isFresh(stamp, hash) && existsSync("server/db/generated/client.ts")) return;
  await step({
    label: "database client generated",
    args: ["node_modules/prisma/build/index.js", "generate"],
    // `generate` only looks whether this file exists; without it Prisma would try to download an engine.
    env: { ...QUIET, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  });
  markFresh(stamp, hash);
}

async function bundlePrograms() {
  const stamp = "dist/.stamp";
  const hash = hashInputs([
    "server",
    "prisma/schema.prisma",
    "tsconfig.json",
    "package-lock.json",
    "scripts/build-server.mjs",
  ]);
  const programs = ["launcher", "dataplane", "cli", "seed", "demo-backend"].map((name) => `dist/${name}.mjs`);
  if (isFresh(stamp, hash) && programs.every((file) => existsSync(file))) return;
  await step({ label: "programs built", args: ["scripts/build-server.mjs"] });
  markFresh(stamp, hash);
}

async function buildConsole() {
  const stamp = ".next/.stamp";
  const config = [
    "next.config.ts",
    "postcss.config.mjs",
    "tsconfig.json",
    "package-lock.json",
    "prisma/schema.prisma",
  ];
  const server = [
    "toolkit",
    "vtl",
    "gateway",
    "domain",
    "db",
    "adapters",
    "auth",
    "events",
    "services",
    "trpc",
    "aws",
  ];
  const sources = ["app", "components", "public", "proxy.ts", "instrumentation.ts", "server/env.ts"];
  const hash = hashInputs([...config, ...sources, ...server.map((folder) => `server/${folder}`)]);
  if (isFresh(stamp, hash) && existsSync(".next/BUILD_ID")) return;
  await step({
    label: "console built",
    args: ["node_modules/next/dist/bin/next", "build"],
    env: { ...QUIET, NODE_ENV: "production" },
  });
  markFresh(stamp, hash);
}

async function step(options) {
  if ((await runStep(options)) !== 0) process.exit(1);
}
