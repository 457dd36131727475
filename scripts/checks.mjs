// The checks of `npm test`. Each ends with `{ passed, failed, skipped, output }`; a check without tests counts as one.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { chromiumEnvironment } from "./find-chromium.mjs";

const RESULTS = "test-results";
const children = new Set();

/** Ends whatever still runs, with what it started. */
export function stopAll(signal = "SIGTERM") {
  for (const child of children) {
    try {
      process.kill(-child.pid, signal);
    } catch {
      child.kill(signal);
    }
  }
}

function run(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    children.add(child);
    let output = "";
    const collect = (chunk) => {
      output = (output + chunk).slice(-400_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => collect(error.message));
    child.on("close", (status) => {
      children.delete(child);
      resolve({ status: status ?? 1, output });
    });
  });
}

const single = ({ status, output }) => ({
  passed: Number(status === 0),
  failed: Number(status !== 0),
  skipped: 0,
  output,
});
const program = (args, env) => async () => single(await run(args, env));

async function importRules() {
  const folders = ["server", "app", "components", "e2e"];
  const args = [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    ...folders,
    "--config",
    ".dependency-cruiser.cjs",
  ];
  const result = await run(args);
  // With a TypeScript that it does not know it sees no file, and is content.
  const seen = Number(/\((\d+) modules/.exec(result.output)?.[1] ?? 0);
  if (result.status === 0 && seen === 0) {
    return single({ status: 1, output: `${result.output}\ndependency-cruiser saw no module at all` });
  }
  return single(result);
}

async function vitest() {
  const file = `${RESULTS}/vitest.json`;
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const result = await run(["node_modules/vitest/vitest.mjs", "run", "--coverage", ...reporters]);
  const report = readJson(file);
  if (!report) return single({ status: 1, output: result.output });
  const failed = report.numFailedTests + report.testResults.filter(isBrokenFile).length;
  return {
    passed: report.numPassedTests,
    // Neither a test nor a file failed: what is left is coverage below its mark, or an error outside of tests.
    failed: failed === 0 && result.status !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    output: result.output,
  };
}

/** A file that could not even be loaded has no failed test. */
function isBrokenFile({ status, assertionResults }) {
  return status === "failed" && !assertionResults.some((test) => test.status === "failed");
}

async function browser() {
  const file = `${RESULTS}/browser.json`;
  rmSync(file, { force: true });
  const chromium = await chromiumEnvironment();
  const result = await run(["node_modules/@playwright/test/cli.js", "test"], chromium.env);
  const report = readJson(file);
  const output = `Browser: ${chromium.source}\n${result.output}`;
  if (!report || report.stats.expected + report.stats.unexpected === 0) return single({ status: 1, output });
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected + flaky,
    failed: unexpected === 0 && result.status !== 0 ? 1 : unexpected,
    skipped,
    output,
  };
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

mkdirSync(RESULTS, { recursive: true });

/** What keeps one core busy while the build keeps the other. */
export const QUICK_CHECKS = [
  { name: "lock file", check: program(["scripts/check-lock.mjs"]) },
  {
    name: "format and lint",
    check: program(["node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "."]),
  },
  { name: "types", check: program(["node_modules/typescript7/bin/tsc", "--noEmit"]) },
  { name: "import rules", check: importRules },
  { name: "unused code", check: program(["node_modules/knip/bin/knip.js", "--no-progress"]) },
  { name: "unit, wire, database", check: vitest },
];
export const BUILD = { name: "build", check: program(["scripts/bootstrap.mjs", "start"]) };
export const BROWSER = { name: "browser", check: browser };
