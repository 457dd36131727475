import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RawAnswer } from "@/server/testing/conformance/raw-request";
import { HOST } from "@/server/testing/wire/hostile-api";
import { FINE, type HostileSetting, startHostileSetting } from "@/server/testing/wire/hostile-setting";
import type { SocketScript } from "@/server/testing/wire/socket-script";
import { talk } from "@/server/testing/wire/talk";

type ClientCase = {
  name: string;
  send: SocketScript;
  /** The statuses of the answers, in order. */
  sees: number[];
  body?: string;
  headers?: Record<string, string>;
  /** Headers the answer must not have. */
  without?: string[];
  /** Whether the gateway then closes the connection or serves the next request on it. */
  after?: "closed" | "open";
  /** How many whole requests the back end must have got. */
  asked?: number;
  got?: string;
  lacks?: string;
  isHead?: boolean;
  /** It takes the listener's time limits to end it. */
  isSlow?: boolean;
  /** The client goes on though it is told that the connection ends. */
  stays?: boolean;
  /** Whether `100 Continue` comes first. */
  early?: boolean;
  /** What the back end answers; 200 if absent. */
  script?: SocketScript;
  /** The client may find the connection reset before it has read the answer. */
  mayReset?: boolean;
};

const cases = readFileSync(path.join(import.meta.dirname, "cases/clients.jsonl"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line): ClientCase => JSON.parse(line));

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
