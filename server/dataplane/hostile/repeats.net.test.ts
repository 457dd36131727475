import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HOST } from "@/server/testing/wire/hostile-api";
import { backendCases, clientCases, isHostileTarget, requestOf } from "@/server/testing/wire/hostile-cases";
import { FINE, type HostileSetting, startHostileSetting } from "@/server/testing/wire/hostile-setting";
import type { SocketScript } from "@/server/testing/wire/socket-script";
import { talk } from "@/server/testing/wire/talk";

/** `GATEHOUSE_WIRE_REPEATS=2000` repeats every case of the tables so often; otherwise some ways to end an exchange. */
const wanted = Number(process.env.GATEHOUSE_WIRE_REPEATS ?? 0);
const isLong = wanted > 0;
const REPEATS = isLong ? wanted : 500;
/** Of cases with megabytes. */
const HEAVY_REPEATS = 20;
const OFTEN: ReadonlySet<string> = new Set([
  "a chunk size that is no number, for a proxy",
  "half a body for a function",
  "a reset behind the request",
  "announces more than it sends /aws-proxy",
  "sends bytes behind its answer /proxy",
]);
const AT_ONCE = 40;
/**
 * What the repeats may leave on the collected heap: caches and compiled code, and no more. The least that could leak of
 * an exchange, a socket with its listeners, has 5 kB, which is 2.5 MB after 500 and 10 MB after 2,000 repeats.
 */
const MAX_HEAP_GROWTH_BYTES = 1_000_000;
/** Beyond the heap, V8's young generation (3 × 16 MB) and the allocator's slack may grow once. */
const MAX_RSS_GROWTH_BYTES = 96_000_000;
/** Four bodies of 12 MB at once, each in the client's, the socket's and the gateway's memory. */
const MAX_HEAVY_RSS_GROWTH_BYTES = 256_000_000;

type Repeated = {
  name: string;
  send: SocketScript;
  answer: (target: string) => SocketScript;
  asked: number;
  isHasty?: boolean;
};

const repeated: Repeated[] = [
  ...clientCases()
    .filter(({ isSlow, stays }) => !isSlow && !stays)
    .map(({ name, send, script, asked = -1 }) => ({ name, send, answer: () => script ?? FINE, asked })),
  ...backendCases().map((given) => ({
    name: `${given.name} ${given.at}`,
    send: [requestOf(given)],
    answer: (target: string) => (isHostileTarget(given, target) ? given.script : FINE),
    asked: given.asked ?? 1,
    isHasty: given.hangs ?? false,
  })),
].filter(({ name }) => isLong || OFTEN.has(name));

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
/** Sockets, timers and the like; what runs in this turn of the loop is over by itself. */
const handles = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => kind !== "Immediate")
    .sort()
    .join();

let setting: HostileSetting;
/** Of a gateway that has served a request and rests. */
let restingHandles: string;
beforeAll(async () => {
  setting = await startHostileSetting();
  setting.backend.answer = () => FINE;
  await talk(setting.gateway.port, [PROBE], { answers: 1 });
  setting.backend.hangUp();
  await pause(100);
  restingHandles = handles();
});
afterAll(() => setting.close());
beforeEach(() => setting.reset());

const PROBE = `GET /p/proxy HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The handles once they are what they were, or after some seconds. */
async function handlesAtRest(): Promise<string> {
  for (let i = 0; i < 300 && handles() !== restingHandles; i++) await pause(10);
  return handles();
}

/** Runs a case so often; resolves when no socket is left but kept ones, which the back end then closes. */
async function repeat({ send, answer }: Repeated, times: number): Promise<void> {
  const { backend, gateway } = setting;
  backend.answer = ({ target }) => answer(target);
  let left = times;
  const worker = async () => {
    while (left-- > 0) await talk(gateway.port, send, { answers: 1, settleMs: 0 });
  };
  await Promise.all(Array.from({ length: times < REPEATS ? 4 : AT_ONCE }, worker));
  await expect.poll(() => gateway.openSockets(), { timeout: 5_000 }).toBe(0);
  backend.hangUp();
  await expect.poll(() => backend.openSockets(), { timeout: 5_000 }).toBe(0);
}

function measured() {
  const { gateway, backend } = setting;
  for (const list of [gateway.records, gateway.logLines, backend.seen, backend.garbage]) list.length = 0;
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapUsed, rss };
}

describe(`${REPEATS} times over`, () => {
  it.each(repeated.map((given) => [given.name, given] as const))(
    "%s",
    async (_, given) => {
      const { backend, gateway } = setting;
      const isHeavy = given.send.some((step) => JSON.stringify(step).includes('"times"'));
      const repeats = isLong && isHeavy ? Math.min(HEAVY_REPEATS, REPEATS) : REPEATS;
      await repeat(given, Math.min(200, repeats));
      const before = measured();
      await repeat(given, repeats);
      const asked = backend.seen.length;
      const after = measured();
      expect(after.heapUsed - before.heapUsed).toBeLessThan(MAX_HEAP_GROWTH_BYTES);
      expect(after.rss - before.rss).toBeLessThan(
        isHeavy ? MAX_HEAVY_RSS_GROWTH_BYTES : MAX_RSS_GROWTH_BYTES,
      );
      expect(await handlesAtRest()).toBe(restingHandles);
      // A time limit of 60 ms may be over before a busy machine has sent the request.
      if (given.isHasty) expect(asked).toBeLessThanOrEqual(given.asked * repeats);
      else if (given.asked >= 0) expect(asked).toBe(given.asked * repeats);
      expect(gateway.errors).toEqual([]);
      backend.answer = () => FINE;
      expect((await talk(gateway.port, [PROBE], { answers: 1 })).answers[0]?.status).toBe(200);
    },
    240_000,
  );
});
