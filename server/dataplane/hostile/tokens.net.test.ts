import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HOST } from "@/server/testing/wire/hostile-api";
import { FINE, type HostileSetting, startHostileSetting } from "@/server/testing/wire/hostile-setting";
import type { Octets, SocketScript } from "@/server/testing/wire/socket-script";
import { talk } from "@/server/testing/wire/talk";

let setting: HostileSetting;
beforeAll(async () => {
  setting = await startHostileSetting();
});
afterAll(() => setting.close());
beforeEach(() => setting.reset());

const OK = "HTTP/1.1 200 OK\r\n";
const answered = (body: Octets, head = OK): SocketScript => [{ head, body }];
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const key = (fields: object) => answered(JSON.stringify({ keys: [{ kid: "k", use: "sig", ...fields }] }));

/** What the issuer sends instead of a document: to discovery, or for its keys. */
const everywhere: [string, SocketScript][] = [
  ["resets", [{ close: "reset" }]],
  ["never answers", []],
  ["sends a byte now and then", [`${OK}Content-Length: 1000\r\n\r\n`, { trickle: " ", everyMs: 20 }]],
  ["sends its head a byte now and then", [{ trickle: "H", everyMs: 20 }]],
  ["announces more than it sends", [`${OK}Content-Length: 100\r\n\r\n{`, { close: "end" }]],
  ["sends a document without end", [`${OK}\r\n`, { endless: " " }]],
  ["sends 20 MB", answered({ text: " ", times: 20_000_000 })],
  [
    "sends a gzip bomb",
    answered({ gzip: { text: " ", times: 50_000_000 } }, `${OK}Content-Encoding: gzip\r\n`),
  ],
  ["sends malformed JSON", answered('{"keys":')],
  ["sends null", answered("null")],
  ["sends a list", answered("[]")],
  ["sends 100,000 arrays inside each other", answered({ text: "[", times: 100_000 })],
  ["sends an error", answered("{}", "HTTP/1.1 500 X\r\n")],
  ["sends nothing", ["HTTP/1.1 204 No Content\r\n\r\n"]],
  ["sends a redirect", answered("", "HTTP/1.1 302 Found\r\nLocation: /keys\r\n")],
];

/** Key sets that are JSON: status by what a client then sees. */
const keySets: [string, SocketScript, number][] = [
  ["no keys", answered('{"keys":[]}'), 401],
  ["keys that are none", answered('{"keys":[1,null,"x"]}'), 500],
  ["a key without a type", key({}), 401],
  ["a key of an unknown type", key({ kty: "XYZ" }), 401],
  ["a key that is a secret", key({ kty: "oct", k: "AAAA" }), 401],
  ["an RSA key of 8 bits", key({ kty: "RSA", n: "_w", e: "AQAB" }), 500],
  ["an RSA key that is no number", key({ kty: "RSA", n: "@@@", e: {} }), 500],
  ["an RSA key of 400,000 bits", key({ kty: "RSA", n: "_".repeat(66_000), e: "AQAB" }), 500],
];

describe("an issuer of tokens that", () => {
  const discovery = () =>
    answered(JSON.stringify({ issuer: setting.backend.url, jwks_uri: `${setting.backend.url}/keys` }));

  async function ask(script: SocketScript, at: "discovery" | "keys") {
    const { backend, gateway } = setting;
    backend.answer = ({ target }) => {
      if (target === "/x") return FINE;
      return target === "/keys" ? script : at === "keys" ? discovery() : script;
    };
    const token = [
      base64({ alg: "RS256", kid: "k" }),
      base64({ iss: backend.url, exp: 4e9 }),
      Buffer.alloc(256, 1).toString("base64url"),
    ].join(".");
    const request = `GET /p/token HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: ${token}\r\n\r\n`;
    const { answers } = await talk(gateway.port, [request], { answers: 1, timeoutMs: 30_000 });
    expect(backend.seen.filter(({ target }) => target === "/x")).toEqual([]);
    expect(gateway.errors).toEqual([]);
    await expect.poll(() => gateway.openSockets()).toBe(0);
    return { status: answers[0]?.status, asked: backend.seen.length };
  }

  it.each(everywhere)("%s, asked where its keys are", async (_, script) => {
    expect(await ask(script, "discovery")).toEqual({ status: 500, asked: 1 });
  });

  it.each(everywhere)("%s, asked for its keys", async (_, script) => {
    expect((await ask(script, "keys")).status).toBe(500);
  });

  it.each(keySets)("has %s", async (_, script, status) => {
    expect((await ask(script, "keys")).status).toBe(status);
  });
});
