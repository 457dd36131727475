import type { RenderLimits } from "@/server/vtl/render-types";

/**
 * Loop rounds are AWS's quota, the output its largest payload; the others are bounds of our own, far above what
 * templates need: AWS publishes none.
 */
export const defaultLimits: RenderLimits = {
  steps: 5_000_000,
  maxMs: 5_000,
  outputLength: 10 * 1024 * 1024,
  memory: 128 * 1024 * 1024,
  loopRounds: 1000,
  depth: 800,
  collectionSize: 1_000_000,
};

let given: Partial<RenderLimits> | undefined;
let resolved: RenderLimits = defaultLimits;

/** What is missing is the default's. Whoever renders often gives the same object again: it is read once. */
export function resolveLimits(limits: Partial<RenderLimits> | undefined): RenderLimits {
  if (limits !== given) {
    given = limits;
    resolved = Object.freeze({ ...defaultLimits, ...limits });
  }
  return resolved;
}
