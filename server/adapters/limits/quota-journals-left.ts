import { readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { LeftRun } from "@/server/db/dataplane/quota-takeover";
import { type JournalOwner, ownerIn, runIn } from "./quota-journal-format";

export type JournalLeft = { readonly file: string; readonly run: LeftRun };

/**
 * Journals whose processes are gone. What cannot be read, is of another version or from before the machine's start is
 * removed: it stays counted as used. What a running process or another machine holds is left alone.
 */
export function journalsLeft(folder: string, own: ReadonlySet<string>): JournalLeft[] {
  return namesIn(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (!name.endsWith(".journal") || own.has(file)) return [];
    try {
      const bytes = readFileSync(file);
      const owner = ownerIn(bytes);
      if (owner && isAlive(owner)) return [];
      const run = owner?.boot === bootId() ? readRun(bytes) : null;
      if (run) return [{ file, run }];
      rmSync(file, { force: true });
    } catch {
      // Another one has just removed it, or it is not ours to read.
    }
    return [];
  });
}

function readRun(bytes: Buffer): LeftRun | null {
  try {
    return runIn(bytes);
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Of another machine: nobody here can know, so it is left alone. */
function isAlive({ host, boot, pid }: JournalOwner): boolean {
  if (host !== os.hostname()) return true;
  if (boot !== bootId() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Another one after each start of the machine; null where the system does not tell. */
export function bootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
