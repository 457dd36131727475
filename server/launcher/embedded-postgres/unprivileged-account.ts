import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, statSync } from "node:fs";
import path from "node:path";
import { LaunchError } from "@/server/launcher/launch-error";

/** How to run a program that refuses to run as root. */
export type UnprivilegedAccount = {
  command: (program: string, args: string[]) => { program: string; args: string[] };
  spawnOptions: { uid?: number; gid?: number };
  /** Owner that the files of the program must have, when it differs from ours. */
  owner?: { uid: number; gid: number };
};

const NAMESPACE = ["--user", "--map-user=65534", "--map-group=65534"];

/**
 * PostgreSQL refuses to run as root. Root on Linux enters a user namespace in which it looks like `nobody`: files keep
 * their owner and may lie under /root. Where namespaces are forbidden (Docker's default), the files are given to an
 * unprivileged account.
 */
export function unprivilegedAccount(dataDir: string): UnprivilegedAccount {
  const plain: UnprivilegedAccount = { command: (program, args) => ({ program, args }), spawnOptions: {} };
  if (process.platform === "win32" || process.getuid?.() !== 0) return plain;
  if (
    process.platform === "linux" &&
    spawnSync("unshare", [...NAMESPACE, "true"], { stdio: "ignore" }).status === 0
  ) {
    // An earlier start without namespaces may have given the files away.
    if (existsSync(dataDir) && statSync(dataDir).uid !== 0) execFileSync("chown", ["-R", "0:0", dataDir]);
    return {
      command: (program, args) => ({ program: "unshare", args: [...NAMESPACE, program, ...args] }),
      spawnOptions: {},
    };
  }
  for (const user of ["postgres", "nobody"]) {
    const owner = accountIds(user);
    if (!owner) continue;
    if (existsSync(dataDir)) execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, dataDir]);
    // The account has to pass through the folder around it, which is otherwise closed to others.
    chmodSync(path.dirname(dataDir), 0o711);
    return { ...plain, spawnOptions: owner, owner };
  }
  throw new LaunchError(
    "PostgreSQL does not run as root and there is no account `postgres` or `nobody`; " +
      "start Gatehouse as another user or set DATABASE_URL",
  );
}

function accountIds(user: string) {
  const uid = spawnSync("id", ["-u", user], { encoding: "utf8" });
  const gid = spawnSync("id", ["-g", user], { encoding: "utf8" });
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
