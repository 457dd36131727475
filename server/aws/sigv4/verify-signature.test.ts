import { createHash, createHmac } from "node:crypto";
import { HttpRequest } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, it } from "vitest";
import type { Actor } from "@/server/domain/actor";
import { type RequestToVerify, verifySignature } from "./verify-signature";

const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const NOW = new Date("2026-03-01T12:00:00Z");
const actor: Actor = { userId: null, name: "k", workspaceId: "w", role: "owner", channel: "aws" };
const findSigner = async (id: string) => (id === ID ? { secretAccessKey: SECRET, actor } : null);

/** The hash of the SDK's kind, over node:crypto. */
class Sha256 {
  #hash;
  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = key
      ? createHmac("sha256", typeof key === "string" ? key : Buffer.from(key as ArrayBuffer))
      : createHash("sha256");
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
}

type Plan = { method?: string; path?: string; query?: Record<string, string | string[]>; body?: string };

/** A request as AWS's own signer signs it. */
async function signed(
  { method = "GET", path = "/aws/restapis", query = {}, body = "" }: Plan = {},
  more = {},
) {
  const signer = new SignatureV4({
    service: "apigateway",
    region: "eu-west-1",
    credentials: { accessKeyId: ID, secretAccessKey: SECRET },
    sha256: Sha256 as never,
    ...more,
  });
  const request = new HttpRequest({
    method,
    hostname: "localhost",
    port: 3000,
    path,
    query,
    headers: { host: "localhost:3000", "x-custom": "  two   spaces " },
    body,
  });
  const { headers } = await signer.sign(request, { signingDate: NOW });
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as string[])),
  );
  return {
    method,
    path,
    query: search.toString().replaceAll("+", "%20"),
    headers: new Headers(headers as Record<string, string>),
    body: Buffer.from(body),
  };
}

const verify = (request: RequestToVerify, now = NOW) => verifySignature(request, { now, findSigner });

describe("a request that AWS's own signer signed", () => {
  it.each<[string, Plan]>([
    ["a plain one", {}],
    ["one with a body", { method: "POST", body: '{"name":"ünïcødé"}' }],
    [
      "a query out of order",
      { query: { position: "a b+c/d=e", limit: "5", embed: ["methods", "apisummary"] } },
    ],
    ["an ARN in the path", { path: "/aws/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fabc" }],
    ["characters that are encoded twice", { path: "/aws/restapis/a%20b/models/x%7By%7D%2Bz!*'()" }],
    ["an empty query value", { query: { name: "" } }],
  ])("is taken: %s", async (_, plan) => {
    expect(await verify(await signed(plan))).toMatchObject({ accessKeyId: ID, region: "eu-west-1", actor });
  });

  it("is taken when the server in front has written its query anew", async () => {
    const request = await signed({ query: { tagKeys: ["b c", "a+b"], limit: "1" } });
    expect(request.query).toContain("b%20c");
    const query = new URLSearchParams(request.query).toString();
    expect(query).toContain("b+c");
    expect(await verify({ ...request, query })).toMatchObject({ accessKeyId: ID });
  });

  it.each<[string, (request: RequestToVerify) => RequestToVerify]>([
    ["body", (request) => ({ ...request, body: Buffer.from("{}") })],
    ["path", (request) => ({ ...request, path: "/aws/account" })],
    ["query", (request) => ({ ...request, query: "limit=1" })],
    ["method", (request) => ({ ...request, method: "DELETE" })],
  ])("is refused once its %s is another", async (_, change) => {
    await expect(verify(change(await signed()))).rejects.toMatchObject({
      code: "InvalidSignatureException",
      message: expect.stringMatching(/^The request signature we calculated does not match/),
    });
  });

  it("is refused with a claimed hash of another body", async () => {
    const request = await signed({ method: "POST", body: "{}" });
    const body = Buffer.from('{"name":"x"}');
    request.headers.set("x-amz-content-sha256", createHash("sha256").update(body).digest("hex"));
    await expect(verify({ ...request, body })).rejects.toMatchObject({ code: "InvalidSignatureException" });
  });
});

describe("what is refused before the signature", () => {
  const refused = async (change: (headers: Headers) => void, now?: Date) => {
    const request = await signed();
    change(request.headers);
    return verify(request, now).catch((error) => ({
      code: error.code,
      message: error.message,
      status: error.status,
    }));
  };

  it("no signature, or one of another kind", async () => {
    expect(await refused((headers) => headers.delete("authorization"))).toEqual({
      code: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
      status: 403,
    });
    for (const value of [
      "Bearer x",
      "AWS4-HMAC-SHA256 what",
      "AWS4-HMAC-SHA256 Credential=a/b, Signature=c",
    ]) {
      expect(await refused((headers) => headers.set("authorization", value))).toMatchObject({
        code: "IncompleteSignatureException",
      });
    }
  });

  it("an unknown key", async () => {
    const swap = (headers: Headers) =>
      headers.set("authorization", (headers.get("authorization") ?? "").replace(ID, "AKIANOBODY"));
    expect(await refused(swap)).toMatchObject({
      code: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    });
  });

  it("a clock more than five minutes away", async () => {
    const none = () => undefined;
    expect(await refused(none, new Date("2026-03-01T12:05:01Z"))).toMatchObject({
      message:
        "Signature expired: 20260301T120000Z is now earlier than 20260301T120001Z (20260301T120501Z - 5 min.)",
    });
    expect(await refused(none, new Date("2026-03-01T11:54:59Z"))).toMatchObject({
      message:
        "Signature not yet current: 20260301T120000Z is still later than 20260301T115959Z (20260301T115459Z + 5 min.)",
    });
    expect(await refused(none, new Date("2026-03-01T12:04:59Z"))).toMatchObject({ accessKeyId: ID });
  });

  it("a signature for another service, of another day, or without the host", async () => {
    const other = await signed({}, { service: "s3" });
    await expect(verify(other)).rejects.toMatchObject({
      message: "Credential should be scoped to correct service: 'apigateway'. ",
    });
    const replace = (from: RegExp, to: string) => (headers: Headers) =>
      headers.set("authorization", (headers.get("authorization") ?? "").replace(from, to));
    expect(await refused(replace(/20260301/, "20260228"))).toMatchObject({
      message: expect.stringContaining("Date in Credential scope does not match"),
    });
    expect(await refused(replace(/host;/, ""))).toMatchObject({
      message: expect.stringContaining("must be a 'SignedHeader'"),
    });
    expect(await refused((headers) => headers.delete("x-amz-date"))).toMatchObject({
      code: "IncompleteSignatureException",
    });
    expect(await refused((headers) => headers.set("x-amz-date", "today"))).toMatchObject({
      code: "IncompleteSignatureException",
    });
  });
});
