import { once } from "node:events";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  clientCertificateSecretId,
  MemoryClientCertificates,
} from "@/server/adapters/certificates/client-certificates";
import {
  type CertifiedKey,
  selfSignedCertificate,
} from "@/server/adapters/certificates/self-signed-certificate";
import { HttpClient } from "@/server/adapters/http-client";
import { buildApi } from "@/server/testing/api-builder";
import { type GatewayFixture, startGateway } from "@/server/testing/gateway-fixture";

const API = "api1234567";
const DAY_MS = 86_400_000;
const made = (commonName: string) =>
  selfSignedCertificate({
    commonName,
    from: new Date(Date.now() - DAY_MS),
    until: new Date(Date.now() + DAY_MS),
    dnsNames: commonName === "localhost" ? ["localhost"] : undefined,
  });
const certificates = new MemoryClientCertificates((sealed, id) =>
  sealed.startsWith(`${id} `) ? sealed.slice(id.length + 1) : null,
);
const store = (id: string, { certificatePem, privateKeyPem }: CertifiedKey) =>
  certificates.put({
    workspaceId: "workspace",
    id,
    certificatePem,
    keyCipher: `${clientCertificateSecretId(id)} ${privateKeyPem}`,
  });

let backend: https.Server;
let gateway: GatewayFixture;
let handshakes = 0;

beforeAll(async () => {
  const [server, one, two, stranger] = await Promise.all(["localhost", "one", "two", "stranger"].map(made));
  const parts = { server, one, two, stranger } as Record<string, CertifiedKey>;
  // Tells who is there; whom it does not know it lets in as nobody.
  backend = https.createServer(
    {
      cert: parts.server?.certificatePem,
      key: parts.server?.privateKeyPem,
      requestCert: true,
      rejectUnauthorized: false,
      ca: [parts.one?.certificatePem ?? "", parts.two?.certificatePem ?? ""],
    },
    ({ socket }, response) => {
      const peer = socket as TLSSocket;
      response.end(peer.authorized ? String(peer.getPeerCertificate().subject.CN) : "nobody");
    },
  );
  backend.on("secureConnection", () => handshakes++);
  backend.listen(0, "127.0.0.1");
  await once(backend, "listening");
  for (const name of ["one", "two", "stranger"]) store(name, parts[name] as CertifiedKey);
  gateway = await startGateway({ upstream: new HttpClient({ clientCertificates: certificates }) });
  const target = (scheme: string) => ({
    methodIntegration: {
      type: "HTTP_PROXY",
      httpMethod: "GET",
      uri: `${scheme}://localhost:${(backend.address() as AddressInfo).port}/`,
      tlsConfig: { insecureSkipVerification: true },
    },
  });
  const api = buildApi({ "GET /": target("https"), "GET /plain": target("http") });
  const stages = { none: null, one: "one", two: "two", stranger: "stranger", gone: "gone" };
  for (const [stageName, clientCertificateId] of Object.entries(stages))
    gateway.serve(API, api, { stageName, clientCertificateId });
});
afterAll(async () => {
  await gateway?.close();
  backend?.closeAllConnections();
  backend?.close();
});

async function ask(stage: string, path = ""): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${gateway.port}/${API}/${stage}/${path}`);
  return answer.ok ? answer.text() : `status ${answer.status}`;
}

it("a back end sees the certificate of each stage and of no other, on kept connections, too", async () => {
  for (const stage of ["none", "one", "two", "one", "none", "two", "stranger"]) {
    const seen = stage === "none" || stage === "stranger" ? "nobody" : stage;
    expect(await ask(stage)).toBe(seen);
  }
  const many = Array.from({ length: 40 }, (_, i) => ["none", "one", "two"][i % 3] as string);
  expect(await Promise.all(many.map((stage) => ask(stage)))).toEqual(
    many.map((stage) => (stage === "none" ? "nobody" : stage)),
  );
});

it("a stage whose certificate is not there calls nobody rather than as nobody", async () => {
  const before = handshakes;
  expect(await ask("gone")).toMatch(/^status 50\d$/);
  expect(handshakes).toBe(before);
});

it("a full read of the same configuration leaves connections as they are", async () => {
  expect(await ask("one")).toBe("one");
  const before = handshakes;
  const stored = certificates.snapshot().map((certificate) => ({ ...certificate }));
  certificates.replaceAll(stored);
  for (const certificate of stored) certificates.put({ ...certificate });
  expect(await ask("one")).toBe("one");
  expect(handshakes).toBe(before);
});

it("another certificate under the same name is shown from the next request on", async () => {
  const renewed = await made("renewed");
  store("one", renewed);
  expect(await ask("one")).toBe("nobody");
  certificates.remove("workspace/one");
  expect(await ask("one")).toMatch(/^status 50\d$/);
});

it("certificates are a workspace's own", () => {
  expect(certificates.find("workspace/two")).not.toBeNull();
  expect(certificates.find("another/two")).toBeNull();
});
