// What is up to date: hashes of inputs, kept beside what was made from them. Uses nothing outside Node.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

// Tests, their data and what is itself generated do not make a build stale.
const SKIPPED_FOLDERS = new Set(["node_modules", "generated", "cases", "testing"]);
const SKIPPED_FILES = /\.test\.tsx?$|\.md$|^\./;

function* files(entry) {
  if (!existsSync(entry)) return;
  if (!statSync(entry).isDirectory()) {
    yield entry;
    return;
  }
  const entries = readdirSync(entry, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const child of entries) {
    if (child.isDirectory() ? SKIPPED_FOLDERS.has(child.name) : SKIPPED_FILES.test(child.name)) continue;
    yield* files(path.join(entry, child.name));
  }
}

/** One hash of the names and contents of files and folders. */
export function hashInputs(inputs) {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const input of inputs) {
    for (const file of files(input)) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

export function isFresh(stamp, hash) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

export function markFresh(stamp, hash) {
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm's own record of what it installed is compared, so
 * that `npm install` by hand is not repeated. Optional packages (other platforms) may be missing.
 */
export function arePackagesInstalled() {
  const read = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
  try {
    const wanted = read("package-lock.json");
    const installed = read("node_modules/.package-lock.json");
    return Object.entries(wanted).every(
      ([name, entry]) =>
        name === "" || entry.optional || entry.devOptional || installed[name]?.version === entry.version,
    );
  } catch {
    return false;
  }
}
