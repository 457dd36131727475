import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RawAnswer } from "@/server/testing/conformance/raw-request";
import { HASTY_HOST, HOST } from "@/server/testing/wire/hostile-api";
import { FINE, type HostileSetting, startHostileSetting } from "@/server/testing/wire/hostile-setting";
import type { SocketScript } from "@/server/testing/wire/socket-script";
import { talk } from "@/server/testing/wire/talk";

type BackendCase = {
  /** What the back end, the function or the authorizer does. */
  name: string;
  script: SocketScript;
  /** What a client then sees, by method: a status, one of some, or an answer that visibly breaks off. */
  at: Record<string, number | number[] | "broken">;
  /** It takes the gateway's time limit to end the call. */
  hangs?: boolean;
  body?: string;
  headers?: Record<string, string>;
  /** Headers the answer must not have. */
  without?: string[];
  /** How many requests the back ends get; 1 if absent. */
  asked?: number;
  /** Whether the connection may be used for the next request. */
  kept?: boolean;
  got?: string;
  lacks?: string;
};

const cases = readFileSync(path.join(import.meta.dirname, "cases/backends.jsonl"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line): BackendCase => JSON.parse(line))
  .flatMap((given) => Object.entries(given.at).map(([at, sees]) => ({ ...given, at, sees })));

let setting: HostileSetting;
beforeAll(async () => {
  setting = await startHostileSetting();
});
afterAll(() => setting.close());
beforeEach(() => setting.reset());

const header = ({ headers }: RawAnswer, name: string) =>
  headers.find(([given]) => given.toLowerCase() === name)?.[1];
const request = (at: string, host = HOST) =>
  `GET /p${at} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: t\r\n\r\n`;

describe("a back end or function that", () => {
  it.each(cases.map((given) => [given.name, given.at, given] as const))(
    "%s, behind %s",
    async (_, at, given) => {
      const { backend, gateway } = setting;
      // Behind an authorizer only the authorizer is hostile.
      const isHostile = (target: string) => !at.startsWith("/guarded") || target.includes("/guard/");
      backend.answer = ({ target }) => (isHostile(target) ? given.script : FINE);
      const seen = await talk(gateway.port, [request(at, given.hangs ? HASTY_HOST : HOST)], {
        answers: 1,
        timeoutMs: 3_000,
      });
      const [answer] = seen.answers;
      if (given.sees === "broken") {
        expect([seen.answers.length, seen.isClosed]).toEqual([0, true]);
      } else {
        expect([given.sees].flat()).toContain(answer?.status);
        expect(seen.rest).toBe("");
      }
      if (given.body !== undefined) expect(answer?.body.toString()).toBe(given.body);
      for (const [name, value] of Object.entries(given.headers ?? {}))
        expect(answer && header(answer, name)?.trim()).toBe(value);
      for (const name of given.without ?? []) expect(answer && header(answer, name)).toBeUndefined();
      expect(backend.seen.length).toBe(given.asked ?? 1);
      const heads = backend.seen.map(({ head }) => `${head}\r\n\r\n`).join("");
      if (given.got !== undefined) expect(heads).toContain(given.got);
      if (given.lacks !== undefined) expect(heads).not.toContain(given.lacks);
      if (given.kept === true) expect(backend.openSockets()).toBe(1);
      if (given.kept === false) await expect.poll(() => backend.openSockets()).toBe(0);
      // Whatever it was, the next request gets its own answer.
      backend.answer = () => FINE;
      const next = await talk(gateway.port, [request("/proxy")], { answers: 1 });
      expect(next.answers[0]?.body.toString()).toBe("fine");
      expect(backend.garbage).toEqual([]);
      expect(gateway.errors).toEqual([]);
    },
  );
});
