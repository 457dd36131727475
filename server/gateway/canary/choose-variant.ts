import type { HttpRequest } from "../http-message";
import type { Ids } from "../ports";
import type { CanarySplit, RuntimeApi, StageRuntime } from "../runtime-api";

/**
 * Which variant of a stage serves a request, for its whole life: by chance, or where the stage says so and the request
 * carries it, by what its caller is recognised by.
 */
export function chooseVariant(stage: StageRuntime, request: HttpRequest, ids: Ids): RuntimeApi {
  const { canary } = stage;
  if (canary === null) return stage.production;
  return pointOf(canary, request, ids) < canary.percentTraffic ? canary.runtime : stage.production;
}

/** Where a request stands on the way from 0 to 100: who got the canary at 5 % still gets it at 50 %. */
function pointOf({ stickyValue, runtime }: CanarySplit, request: HttpRequest, ids: Ids): number {
  const value = stickyValue?.(request) ?? null;
  return 100 * (value === null ? ids.fraction() : stickyFraction(value, runtime.deploymentId));
}

/**
 * A value's place from 0 up to 1: the same on every node, evenly spread, and another one for another canary, so that
 * not the same people get every canary. 32 bits of FNV-1a, finished as in MurmurHash3 (short texts differ in few bits).
 */
export function stickyFraction(value: string, salt: string): number {
  let hash = 0x811c9dc5;
  const text = `${salt}\n${value}`;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
