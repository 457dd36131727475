import { setTimeout as sleep } from "node:timers/promises";
import { LaunchError } from "@/server/launcher/launch-error";

/** Asks until the address answers with a success. `signal` ends the waiting. */
export async function waitUntilHealthy(url: string, signal: AbortSignal, timeoutMs = 120_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = "no answer";
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
      await answer.arrayBuffer();
      if (answer.ok) return;
      last = `status ${answer.status}`;
    } catch (error) {
      last = (error as Error).message;
    }
    await sleep(100);
  }
  throw new LaunchError(`${url} is not ready after ${timeoutMs / 1000} s (${last})`);
}
