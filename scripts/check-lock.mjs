// npm leaves optional packages that it cannot resolve out of package-lock.json without a word; `npm ci` then fails on
// every other platform. This finds what is missing.
import { readFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));

/** Looks a dependency up as Node does: in the package's own node_modules, then in each folder above. */
function isLocked(from, name) {
  for (let folder = from; ; ) {
    if (packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]) return true;
    if (!folder) return false;
    const above = folder.lastIndexOf("/node_modules/");
    folder = above < 0 ? "" : folder.slice(0, above);
  }
}

const missing = Object.entries(packages).flatMap(([folder, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isLocked(folder, name))
    .map(([name, range]) => `${name}@${range} (of ${folder || "this project"})`),
);
if (missing.length > 0) {
  console.error(`package-lock.json lacks ${missing.length} optional packages:\n${missing.join("\n")}`);
  process.exit(1);
}
console.log(`${Object.keys(packages).length} packages locked, none missing`);
