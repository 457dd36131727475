import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TokenIssuer } from "@/server/gateway/ports";
import { JwksTokenVerifier } from "./token-verifier";

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

const NOW = Date.UTC(2026, 10, 25, 16, 0, 0);
let server: http.Server;
let base: string;
let issuer: TokenIssuer;
let keys: JWK[];
let statedIssuer: string;
let isDown: boolean;
let asked: string[];
let one: Pair;
let two: Pair;

beforeAll(async () => {
  one = await generateKeyPair("RS256");
  two = await generateKeyPair("ES256");
  server = http.createServer((request, response) => {
    asked.push(request.url ?? "");
    if (isDown) {
      response.writeHead(500).end();
      return;
    }
    const isDiscovery = request.url?.endsWith("openid-configuration");
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(isDiscovery ? { issuer: statedIssuer, jwks_uri: `${base}/keys` } : { keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  asked = [];
  isDown = false;
  statedIssuer = base;
  issuer = { issuer: base, jwksUrl: null };
  keys = [{ ...(await exportJWK(one.publicKey)), kid: "one", alg: "RS256", use: "sig" }];
});

const verifier = (cooldownMs = 0) => new JwksTokenVerifier({ nowMs: () => NOW }, { cooldownMs });
const signed = (
  claims: Record<string, unknown> = {},
  { pair = one, kid = "one", alg = "RS256", expiresAt = (NOW / 1000 + 60) as number | null } = {},
) => {
  const token = new SignJWT({ sub: "u1", iss: base, ...claims }).setProtectedHeader({ alg, kid });
  return (expiresAt === null ? token : token.setExpirationTime(expiresAt)).sign(pair.privateKey);
};

describe("JwksTokenVerifier", () => {
  it("verifies a token with the issuer's keys, which it finds and asks for once", async () => {
    const tokens = verifier();
    const token = await signed({ scope: "a" });
    const verdicts = await Promise.all([1, 2, 3].map(() => tokens.verify(token, [issuer])));
    expect(verdicts[0]).toMatchObject({ outcome: "verified", claims: { sub: "u1", scope: "a" } });
    expect(asked).toEqual(["/.well-known/openid-configuration", "/keys"]);
  });

  it("asks a user pool's key set directly", async () => {
    const verdict = await verifier().verify(await signed(), [{ issuer: base, jwksUrl: `${base}/keys` }]);
    expect(verdict).toMatchObject({ outcome: "verified" });
    expect(asked).toEqual(["/keys"]);
  });

  it("takes in a rotated key, but asks for unknown ones only so often", async () => {
    const tokens = verifier();
    await tokens.verify(await signed(), [issuer]);
    keys = [{ ...(await exportJWK(two.publicKey)), kid: "two", alg: "ES256" }];
    const token = await signed({}, { pair: two, kid: "two", alg: "ES256" });
    expect(await tokens.verify(token, [issuer])).toMatchObject({ outcome: "verified" });
    const patient = verifier(60_000);
    await patient.verify(token, [issuer]);
    asked = [];
    for (const kid of ["x", "y", "z"])
      expect(await patient.verify(await signed({}, { kid }), [issuer])).toMatchObject({ outcome: "invalid" });
    expect(asked).toEqual([]);
  });

  it("refuses a token of another signer, of nobody known, out of its time, or without one", async () => {
    const tokens = verifier();
    const outcome = async (token: string) => (await tokens.verify(token, [issuer])).outcome;
    const other = await generateKeyPair("RS256");
    expect(await outcome(await signed({}, { pair: other }))).toBe("invalid");
    expect(await outcome(await signed({ iss: "https://elsewhere.test" }))).toBe("invalid");
    expect(await outcome(await signed({}, { expiresAt: NOW / 1000 - 1 }))).toBe("expired");
    expect(await outcome(await signed({ nbf: NOW / 1000 + 60 }))).toBe("invalid");
    expect(await outcome(await signed({}, { expiresAt: null }))).toBe("invalid");
    expect(await outcome("not a token")).toBe("invalid");
  });

  it("refuses signatures that anybody could make", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = part({ iss: base, exp: NOW / 1000 + 60 });
    const none = `${part({ alg: "none" })}.${claims}.`;
    const shared = await new SignJWT({ iss: base })
      .setProtectedHeader({ alg: "HS256", kid: "one" })
      .setExpirationTime(NOW / 1000 + 60)
      .sign(Buffer.from(JSON.stringify(keys[0])));
    for (const token of [none, shared])
      expect(await verifier().verify(token, [issuer])).toMatchObject({ outcome: "invalid" });
  });

  it("says so when the keys cannot be fetched, and comes back when they can", async () => {
    const tokens = verifier();
    isDown = true;
    expect(await tokens.verify(await signed(), [issuer])).toMatchObject({ outcome: "unavailable" });
    const direct = { issuer: base, jwksUrl: `${base}/keys` };
    expect(await tokens.verify(await signed(), [direct])).toMatchObject({ outcome: "unavailable" });
    isDown = false;
    expect(await tokens.verify(await signed(), [issuer])).toMatchObject({ outcome: "verified" });
  });

  it("does not take keys from a document that speaks for another issuer", async () => {
    statedIssuer = "https://elsewhere.test";
    expect(await verifier().verify(await signed(), [issuer])).toMatchObject({ outcome: "unavailable" });
  });
});
