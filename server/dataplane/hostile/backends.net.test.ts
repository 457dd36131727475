import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RawAnswer } from "@/server/testing/conformance/raw-request";
import { HOST } from "@/server/testing/wire/hostile-api";
import { backendCases, isHostileTarget, requestOf } from "@/server/testing/wire/hostile-cases";
import { FINE, type HostileSetting, startHostileSetting } from "@/server/testing/wire/hostile-setting";
import { talk } from "@/server/testing/wire/talk";

const cases = backendCases();

let setting: HostileSetting;
beforeAll(async () => {
  setting = await startHostileSetting();
});
afterAll(() => setting.close());
beforeEach(() => setting.reset());

const header = ({ headers }: RawAnswer, name: string) =>
  headers.find(([given]) => given.toLowerCase() === name)?.[1];
const PROBE = `GET /p/proxy HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;

describe("a back end or function that", () => {
  it.each(cases.map((given) => [given.name, given.at, given] as const))(
    "%s, behind %s",
    async (_, _at, given) => {
      const { backend, gateway } = setting;
      backend.answer = ({ target }) => (isHostileTarget(given, target) ? given.script : FINE);
      const seen = await talk(gateway.port, [requestOf(given)], {
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
      const next = await talk(gateway.port, [PROBE], { answers: 1 });
      expect(next.answers[0]?.body.toString()).toBe("fine");
      expect(backend.garbage).toEqual([]);
      expect(gateway.errors).toEqual([]);
    },
  );
});
