import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LaunchError } from "@/server/launcher/launch-error";
import { isProcessAlive } from "@/server/launcher/ports";

export type DataFolder = {
  dir: string;
  /** The last launcher on this folder was killed: what it started may still be going down. */
  wasAbandoned: boolean;
  release: () => void;
};

/** Makes the folder when missing and takes it for this process, so that two launchers never share one. */
export function openDataFolder(dir: string): DataFolder {
  try {
    mkdirSync(path.join(dir, "logs"), { recursive: true, mode: 0o700 });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new LaunchError(`The data folder ${dir} cannot be used: ${folderProblem(error)}`);
  }
  const lock = path.join(dir, "launcher.pid");
  let wasAbandoned = false;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw new LaunchError(`The data folder ${dir} cannot be used: ${folderProblem(error)}`);
      }
    }
    const holder = Number(readFileSync(lock, "utf8"));
    if (holder > 0 && holder !== process.pid && isProcessAlive(holder) && isNodeProcess(holder)) {
      throw new LaunchError(
        `Gatehouse already runs on the data folder ${dir} (process ${holder}); stop it, or set GATEHOUSE_DATA_DIR to another folder`,
      );
    }
    wasAbandoned = true;
    rmSync(lock, { force: true });
  }
  return { dir, wasAbandoned, release: () => rmSync(lock, { force: true }) };
}

/** The content of a file that only its owner may read; made from random bytes the first time. */
export function keepSecret(dir: string, name: string, prefix = ""): string {
  const file = path.join(dir, name);
  try {
    const kept = readFileSync(file, "utf8").trim();
    if (kept.length >= 16) return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw new LaunchError(
        `The data folder ${dir} is broken: ${name} cannot be read (${(error as Error).message})`,
      );
    }
  }
  const secret = `${prefix}${randomBytes(20).toString("hex")}`;
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return secret;
}

function folderProblem(error: unknown) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EEXIST" || code === "ENOTDIR") return "there is a file where the folder should be";
  if (code === "EACCES" || code === "EPERM") return "it is not readable and writable for this user";
  if (code === "EROFS") return "it lies on a read-only file system";
  if (code === "ENOSPC") return "the disk is full";
  return message;
}

/** Process ids are used again: one that is now another program does not hold the folder. */
function isNodeProcess(pid: number) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("node");
  } catch {
    return true;
  }
}
