import { readFileSync, watchFile } from "node:fs";
import path from "node:path";
import type { Supervisor } from "@/server/launcher/supervisor/supervisor";

const BUNDLES = { gateway: "dist/dataplane.mjs", "demo-backend": "dist/demo-backend.mjs" };

/** Development: the bundler writes a program anew when one of its sources changes; the program is then restarted. */
export function restartWhenRebuilt(homeDir: string, supervisor: Supervisor) {
  for (const [name, bundle] of Object.entries(BUNDLES)) {
    const file = path.join(homeDir, bundle);
    let running = readFileSync(file, "utf8");
    watchFile(file, { interval: 300, persistent: false }, () => {
      const written = readFileSync(file, "utf8");
      // Empty while it is being written; the same when only a comment has changed, or when the bundler begins.
      if (written === "" || written === running) return;
      running = written;
      supervisor.restart(name);
    });
  }
}
