// One bootstrap at a time: `npm start` and `npm test` in two shells share packages and build.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const LOCK = "dist/.bootstrap.lock";

export async function waitForTurn() {
  mkdirSync("dist", { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: "wx" });
      process.on("exit", () => rmSync(LOCK, { force: true }));
      for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = readHolder();
    if (!isAlive(holder)) {
      rmSync(LOCK, { force: true });
      continue;
    }
    if (!told) console.log(`  … waiting for another Gatehouse script to finish building (process ${holder})`);
    told = true;
    await sleep(200);
  }
}

function readHolder() {
  try {
    return Number(readFileSync(LOCK, "utf8")) || 0;
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
