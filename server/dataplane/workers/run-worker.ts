import { type GatewayNodeOptions, type RunningNode, startGatewayNode } from "../gateway-node";
import { PrimaryLink } from "./primary-link";
import type { WorkerPlace } from "./protocol";

/** A worker whose primary is gone has no port any more: requests it has begun may end, but not for long. */
const ORPHAN_MS = 3_000;

/** Runs this process as a worker: it starts, drains and ends when the primary says so, or is gone. */
export async function runWorker(place: WorkerPlace, options: GatewayNodeOptions): Promise<void> {
  const log = options.log.child({ worker: place.index });
  let node: RunningNode | null = null;
  let isEnding = false;
  let isDraining = false;
  const primary = new PrimaryLink(place, {
    drain() {
      isDraining = true;
      node?.drain();
    },
    finish() {
      if (!process.connected) setTimeout(() => process.exit(1), ORPHAN_MS).unref();
      if (isEnding) return;
      isEnding = true;
      void (node?.stop() ?? Promise.resolve()).finally(() => process.exit(0));
    },
  });
  // Of a whole group of processes that is told to end, the primary decides when.
  process.on("SIGTERM", () => primary.leave());
  process.on("SIGINT", () => undefined);
  node = await startGatewayNode({ ...options, log, primary });
  if (isDraining) node.drain();
}
