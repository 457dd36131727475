import { createHash, createHmac } from "node:crypto";
import { HttpRequest } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, it } from "vitest";
import { signRequest } from "@/server/adapters/functions/sign-request";
import type { RequestToVerify } from "@/server/gateway/ports";
import { MemoryAccessKeys } from "./access-keys";
import { AccessKeySignatures } from "./request-signatures";

const NOW = Date.UTC(2026, 10, 25, 16, 7, 49);
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const POLICY = { Statement: [] };
const keys = new MemoryAccessKeys((sealed) => sealed);
keys.put({ id: "AKIA1", workspaceId: "w", name: "ada", secretCipher: SECRET, policy: POLICY });
let nowMs = NOW;
const signatures = new AccessKeySignatures(keys, { nowMs: () => nowMs });
const verify = (request: RequestToVerify, at = NOW) => {
  nowMs = at;
  return signatures.verify(request);
};

async function signed(
  given: {
    path?: string;
    query?: Record<string, string>;
    body?: string;
    service?: string;
    key?: string;
  } = {},
): Promise<RequestToVerify> {
  const { path = "/prod/pets", query = {}, body = "", service = "execute-api", key = "AKIA1" } = given;
  const request = {
    method: "POST",
    origin: "http://api.localhost:8080",
    path,
    query,
    body: Buffer.from(body),
  };
  const headers = await signRequest(
    { ...request, headers: { "x-own": "a  b" }, service, region: "eu-west-1", at: new Date(NOW) },
    { accessKeyId: key, secretAccessKey: SECRET },
  );
  return {
    workspaceId: "w",
    method: "POST",
    path,
    query: new URLSearchParams(query).toString().replaceAll("+", "%20"),
    headers: Object.entries(headers).flat(),
    body: () => Buffer.from(body),
  };
}

/** An address as AWS's signer makes it: the signature is in the query. */
async function presigned(expiresIn: number): Promise<RequestToVerify> {
  class Sha256 {
    #hash;
    constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
      this.#hash = secret
        ? createHmac("sha256", typeof secret === "string" ? secret : Buffer.from(secret as ArrayBuffer))
        : createHash("sha256");
    }
    update(data: string | Uint8Array) {
      this.#hash.update(data);
    }
    async digest() {
      return new Uint8Array(this.#hash.digest());
    }
  }
  const signer = new SignatureV4({
    service: "execute-api",
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIA1", secretAccessKey: SECRET },
    sha256: Sha256 as never,
  });
  const { query } = await signer.presign(
    new HttpRequest({
      method: "GET",
      hostname: "api.localhost",
      path: "/prod/pets",
      headers: { host: "api.localhost" },
    }),
    { expiresIn, signingDate: new Date(NOW) },
  );
  return {
    workspaceId: "w",
    method: "GET",
    path: "/prod/pets",
    query: Object.entries(query ?? {})
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
      .join("&"),
    headers: ["Host", "api.localhost"],
    body: () => new Uint8Array(0),
  };
}

describe("AccessKeySignatures", () => {
  it.each([
    ["a plain request", {}],
    ["one with a body", { body: '{"a":"ü"}' }],
    ["one with a query", { query: { b: "x y/z", a: "1" } }],
    ["one with an encoded path", { path: "/prod/a%20b/%C3%BC" }],
  ])("knows who signed %s", async (_, given) => {
    expect(await verify(await signed(given))).toEqual({
      outcome: "verified",
      accessKeyId: "AKIA1",
      name: "ada",
      policy: POLICY,
    });
  });

  it("knows a signed address until it expires", async () => {
    expect(await verify(await presigned(600))).toMatchObject({ outcome: "verified" });
    expect(await verify(await presigned(600), NOW + 601_000)).toMatchObject({ outcome: "expired" });
    const changed = await presigned(600);
    const query = changed.query.replace("X-Amz-Expires=600", "X-Amz-Expires=6000");
    expect(await verify({ ...changed, query })).toMatchObject({ outcome: "invalid" });
    for (const part of ["Date=", "Expires=", "Credential="]) {
      const without = changed.query.replace(`X-Amz-${part}`, "Other=");
      expect(await verify({ ...changed, query: without })).toMatchObject({ outcome: "incomplete" });
    }
  });

  it.each<[string, (request: RequestToVerify) => RequestToVerify]>([
    ["another body", (r) => ({ ...r, body: () => Buffer.from("other") })],
    ["another path", (r) => ({ ...r, path: "/prod/dogs" })],
    ["another verb", (r) => ({ ...r, method: "DELETE" })],
    ["another query", (r) => ({ ...r, query: "a=1" })],
    ["another signed header", (r) => ({ ...r, headers: r.headers.map((t) => (t === "a  b" ? "c" : t)) })],
  ])("refuses a signature over %s", async (_, change) => {
    const request = change(await signed({ body: "{}" }));
    expect(await verify(request)).toMatchObject({
      outcome: "invalid",
      message: expect.stringContaining("does not match the signature you provided"),
    });
  });

  it("refuses what is not signed, before it reads a body", async () => {
    const body = () => Promise.reject(new Error("read"));
    const bare = { workspaceId: "w", method: "GET", path: "/", query: "", headers: [], body };
    expect(await verify(bare)).toMatchObject({ outcome: "missing" });
    const bearer = { ...bare, headers: ["Authorization", "Bearer x"] };
    expect(await verify(bearer)).toMatchObject({ outcome: "incomplete" });
    const unknown = { ...(await signed({ key: "AKIA2" })), body };
    expect(await verify(unknown)).toMatchObject({ outcome: "unknown-key" });
    expect(await verify({ ...(await signed()), workspaceId: "another", body })).toMatchObject({
      outcome: "unknown-key",
    });
    expect(await verify({ ...(await signed({ service: "lambda" })), body })).toMatchObject({
      outcome: "invalid",
      message: "Credential should be scoped to correct service: 'execute-api'. ",
    });
  });

  it("refuses a signature that is old, early, undated or of another day", async () => {
    expect(await verify(await signed(), NOW + 301_000)).toEqual({
      outcome: "expired",
      message:
        "Signature expired: 20261125T160749Z is now earlier than 20261125T160750Z (20261125T161250Z - 5 min.)",
    });
    expect(await verify(await signed(), NOW - 301_000)).toMatchObject({
      outcome: "invalid",
      message: expect.stringContaining("Signature not yet current"),
    });
    const request = await signed();
    const without = (name: string) => request.headers.filter((_, i, all) => all[i - (i % 2)] !== name);
    expect(await verify({ ...request, headers: without("x-amz-date") })).toMatchObject({
      outcome: "incomplete",
    });
    const edited = (from: string, to: string) => request.headers.map((text) => text.replace(from, to));
    expect(await verify({ ...request, headers: edited("/20261125/", "/20261124/") })).toMatchObject({
      outcome: "invalid",
    });
    expect(await verify({ ...request, headers: edited("=host;", "=") })).toMatchObject({
      outcome: "invalid",
      message: expect.stringContaining("must be a 'SignedHeader'"),
    });
    const dated = [...without("x-amz-date"), "Date", new Date(NOW).toUTCString()];
    expect(await verify({ ...request, headers: dated })).toMatchObject({ outcome: "invalid" });
  });
});
