// `npm test`: every check, one summary, and as the last line `N passed, N failed`.
// The build and the quick checks share two cores; the browser tests come after, alone, against what was built.
import path from "node:path";
import { BROWSER, BUILD, QUICK_CHECKS, stopAll } from "./checks.mjs";

process.chdir(path.resolve(import.meta.dirname, ".."));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    stopAll();
    setTimeout(() => process.exit(130), 5000);
  });
}

const startedAt = performance.now();
const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
const rows = [];

async function runCheck({ name, check }) {
  const checkStartedAt = performance.now();
  let result;
  try {
    result = await check();
  } catch (error) {
    result = { passed: 0, failed: 1, skipped: 0, output: error.stack };
  }
  const row = { name, time: seconds(checkStartedAt), ...result };
  rows.push(row);
  console.log(`  ${row.failed === 0 ? "✓" : "✗"} ${name.padEnd(24)} ${row.time.padStart(8)}`);
  if (row.failed > 0) console.log(`\n${row.output.trimEnd()}\n`);
  return row.failed === 0;
}

async function runInOrder(checks) {
  for (const check of checks) await runCheck(check);
}

const [built] = await Promise.all([runCheck(BUILD), runInOrder(QUICK_CHECKS)]);
if (built) await runCheck(BROWSER);
else rows.push({ name: BROWSER.name, time: "–", passed: 0, failed: 1, skipped: 0, output: "" });

const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
const line = (cells) =>
  console.log(
    `  ${cells[0].padEnd(24)}${cells
      .slice(1)
      .map((cell) => String(cell).padStart(10))
      .join("")}`,
  );
console.log();
line(["check", "passed", "failed", "skipped", "time"]);
for (const row of rows) line([row.name, row.passed, row.failed, row.skipped, row.time]);
line(["all", total("passed"), total("failed"), total("skipped"), seconds(startedAt)]);
console.log();
const skipped = total("skipped") > 0 ? `, ${total("skipped")} skipped` : "";
console.log(`${total("passed")} passed, ${total("failed")} failed${skipped}`);
process.exit(total("failed") === 0 ? 0 : 1);
