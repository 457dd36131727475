import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RawAnswer } from "@/server/testing/conformance/raw-request";
import { HOST } from "@/server/testing/wire/hostile-api";
import { clientCases } from "@/server/testing/wire/hostile-cases";
import { FINE, type HostileSetting, startHostileSetting } from "@/server/testing/wire/hostile-setting";
import type { SocketScript } from "@/server/testing/wire/socket-script";
import { talk } from "@/server/testing/wire/talk";

const cases = clientCases();

let setting: HostileSetting;
beforeAll(async () => {
  setting = await startHostileSetting();
});
afterAll(() => setting.close());
beforeEach(() => setting.reset());

const PROBE = `GET /p/mock HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;
const header = ({ headers }: RawAnswer, name: string) =>
  headers.find(([given]) => given.toLowerCase() === name)?.[1];

describe("what a client sends", () => {
  it.each(cases.map((given) => [given.name, given] as const))("%s", async (_, given) => {
    const { backend } = setting;
    const gateway = given.isSlow ? setting.impatient : setting.gateway;
    backend.answer = () => given.script ?? FINE;
    const isProbed = given.after === "open";
    const send: SocketScript = isProbed ? [...given.send, PROBE] : given.send;
    const wanted = given.sees.length + (isProbed ? 1 : 0);
    const seen = await talk(gateway.port, send, {
      ...(given.after === "closed" ? {} : { answers: wanted }),
      ...(given.isHead ? { isHead: true } : {}),
      ...(given.stays ? { stays: true } : {}),
    });
    const statuses = seen.answers.map(({ status }) => status);
    expect(statuses).toEqual(isProbed ? [...given.sees, 200] : given.sees);
    expect(seen.rest).toBe("");
    if (given.after) expect(seen.isClosed).toBe(given.after === "closed");
    const [first] = seen.answers;
    if (given.body !== undefined) expect(first?.body.toString()).toBe(given.body);
    for (const [name, value] of Object.entries(given.headers ?? {}))
      expect(first && header(first, name)).toBe(value);
    for (const name of given.without ?? []) expect(first && header(first, name)).toBeUndefined();
    if (given.early !== undefined) expect(seen.text.startsWith("HTTP/1.1 100 ")).toBe(given.early);
    const heads = backend.seen.map(({ head, body }) => `${head}\r\n\r\n${body}`).join("");
    if (given.asked !== undefined) expect(backend.seen.length).toBe(given.asked);
    if (given.got !== undefined) expect(heads).toContain(given.got);
    if (given.lacks !== undefined) expect(heads).not.toContain(given.lacks);
    expect(backend.garbage).toEqual([]);
    await expect.poll(() => gateway.openSockets()).toBe(0);
    expect(gateway.errors).toEqual([]);
  });
});

/** Places to cut at: few, other ones for each case, the same in each run. */
function cut(octets: Buffer, seed: number): SocketScript {
  const places = [1, 2, 3].map((i) => ((seed + 1) * 7_919 * i) % octets.length).sort((a, b) => a - b);
  return [0, ...places].flatMap((from, i) => [
    octets.subarray(from, places[i] ?? octets.length).toString("latin1"),
    { waitMs: 1 },
  ]);
}

it("each of them is answered the same when it comes in pieces", async () => {
  const { backend, gateway } = setting;
  backend.answer = () => FINE;
  const plain = cases.filter(
    ({ send, isHead, isSlow, script }) =>
      !isHead && !isSlow && !script && send.every((step) => typeof step === "string"),
  );
  expect(plain.length).toBeGreaterThan(100);
  const seen = await Promise.all(
    plain.map(async ({ name, send, sees }, i) => {
      const script = cut(Buffer.from(send.join(""), "latin1"), i);
      const { answers } = await talk(gateway.port, script, { answers: sees.length, settleMs: 20 });
      return [name, ...answers.map(({ status }) => status)];
    }),
  );
  expect(seen).toEqual(plain.map(({ name, sees }) => [name, ...sees]));
  expect(backend.garbage).toEqual([]);
  expect(gateway.errors).toEqual([]);
});
