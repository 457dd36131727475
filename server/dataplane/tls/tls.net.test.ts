import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { selfSignedCertificate } from "@/server/adapters/certificates/self-signed-certificate";
import { buildApi } from "@/server/testing/api-builder";
import { type GatewayFixture, startGateway } from "@/server/testing/gateway-fixture";
import { CustomDomains, type StoredDomain } from "../domains/custom-domains";
import { ownCertificate } from "./own-certificate";
import { TlsListener } from "./tls-listener";

const API = "abc123defg";
const ECHO = `{"domain": "$context.domainName", "prefix": "$context.domainPrefix", "path": "$context.path",
  "proto": "$input.params('X-Forwarded-Proto')", "subject": "$!context.identity.clientCert.subjectDN",
  "serial": "$!context.identity.clientCert.serialNumber", "until": "$!context.identity.clientCert.validity.notAfter"}`;
const day = 86_400_000;
const valid = { from: new Date(Date.now() - day), until: new Date(Date.now() + day) };

let gateway: GatewayFixture;
let listener: TlsListener;
let port: number;
let folder: string;
const domains = new CustomDomains();
const warnings: { domain?: string | null; reason?: string }[] = [];
const made: Record<string, Awaited<ReturnType<typeof selfSignedCertificate>>> = {};
const of = (name: string) => made[name] as (typeof made)[string];

function domain(domainName: string, document: object): StoredDomain {
  const mappings = [{ basePath: "v1", restApiId: API, stage: "prod" }];
  return { workspaceId: "workspace", domainName, document, mappings };
}
function certificate(name: string) {
  const { certificatePem, privateKeyPem } = of(name);
  return { certificate: { certificatePem, chainPem: "", keyCipher: privateKeyPem } };
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "gatehouse-tls-"));
  for (const name of ["a.test", "b.test", "edge.test", "old.test", "mutual.test", "new.test"])
    made[name] = await selfSignedCertificate({ commonName: name, ...valid, dnsNames: [name] });
  for (const name of ["client", "stranger"])
    made[name] = await selfSignedCertificate({ commonName: name, ...valid });
  gateway = await startGateway({}, {}, domains);
  const integrationResponses = { 200: { responseTemplates: { "application/json": ECHO } } };
  const requestTemplates = { "application/json": '{"statusCode": 200}' };
  const methodIntegration = { type: "MOCK" as const, requestTemplates, integrationResponses };
  gateway.serve(API, buildApi({ "GET /pets": { methodIntegration } }), { stageName: "prod" });
  domains.replaceAll([
    domain("a.test", certificate("a.test")),
    domain("b.test", { ...certificate("b.test"), securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" }),
    domain("edge.test", { ...certificate("edge.test"), securityPolicy: "SecurityPolicy_TLS13_2025_EDGE" }),
    domain("old.test", { ...certificate("old.test"), securityPolicy: "TLS_1_0" }),
    domain("mutual.test", { ...certificate("mutual.test"), truststorePem: of("client").certificatePem }),
    domain("closed.test", { ...certificate("a.test"), truststoreUri: "s3://bucket/key.pem" }),
  ]);
  const log = { warn: (about: object) => warnings.push(about) };
  const fallback = await ownCertificate(folder, new Date());
  listener = new TlsListener({
    domains,
    http: gateway.server,
    fallback,
    openSecret: (sealed) => sealed,
    log,
  });
  port = await listener.listen(0, "127.0.0.1");
});
afterAll(async () => {
  listener?.close();
  await gateway?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Reply = { status: number; body: Record<string, string>; cn: string; protocol: string; session?: Buffer };

function call(options: tls.ConnectionOptions, host = options.servername, route = "/v1/pets"): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options });
    let text = "";
    let session: Buffer | undefined;
    socket.on("session", (bytes) => {
      session = bytes;
    });
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      text += bytes.toString();
    });
    socket.on("close", () => {
      if (text === "") reject(new Error("closed without an answer"));
      const [head = "", body = "{}"] = text.split("\r\n\r\n");
      resolve({ status: Number(head.split(" ")[1]), body: JSON.parse(body), cn, protocol, session });
    });
    let cn = "";
    let protocol = "";
    socket.on("secureConnect", () => {
      cn = socket.getPeerX509Certificate()?.subject.split("CN=")[1] ?? "";
      protocol = socket.getProtocol() ?? "";
      socket.write(`GET ${route} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    });
  });
}

describe("TLS", () => {
  it("shows each domain name's own certificate, and says https to the API", async () => {
    const [a, b] = await Promise.all([call({ servername: "a.test" }), call({ servername: "b.test" })]);
    expect([a.cn, b.cn, b.protocol]).toEqual(["a.test", "b.test", "TLSv1.3"]);
    expect(a.body).toMatchObject({
      domain: "a.test",
      prefix: "a",
      path: "/v1/pets",
      proto: "https",
      subject: "",
    });
  });

  it("shows its own certificate, which is kept, for execute-api names and for no name", async () => {
    const servername = `${API}.execute-api.localhost`;
    const ca = readFileSync(path.join(folder, "gateway.crt"), "utf8");
    const answer = await call({ servername, ca, rejectUnauthorized: true }, servername, "/prod/pets");
    expect([answer.status, answer.body.path]).toEqual([200, "/prod/pets"]);
    expect((await call({}, servername, "/prod/pets")).cn).toBe("Gatehouse");
    expect((await ownCertificate(folder, new Date())).cert).toBe(ca);
    await expect(call({ servername: "wrong.test", ca, rejectUnauthorized: true })).rejects.toThrow(
      "altnames",
    );
  });

  it("takes nothing below a domain name's lowest version", async () => {
    for (const servername of ["b.test", "edge.test"])
      await expect(call({ servername, maxVersion: "TLSv1.2" })).rejects.toThrow();
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;
    await expect(call({ servername: "a.test", ...old })).rejects.toThrow();
    expect((await call({ servername: "old.test", ...old })).protocol).toBe("TLSv1.1");
    expect(warnings).toContainEqual(expect.objectContaining({ domain: "b.test" }));
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)("takes sessions up again with %s", async (maxVersion) => {
    const { session } = await call({ servername: "a.test", maxVersion });
    expect(session).toBeDefined();
    const again = tls.connect({ port, servername: "a.test", session, maxVersion, rejectUnauthorized: false });
    await new Promise((resolve) => again.once("secureConnect", resolve));
    expect(again.isSessionReused()).toBe(true);
    again.destroy();
  });

  it("swaps a certificate without a restart", async () => {
    domains.put(domain("new.test", certificate("a.test")));
    expect((await call({ servername: "new.test" })).cn).toBe("a.test");
    domains.put(domain("new.test", certificate("new.test")));
    expect((await call({ servername: "new.test" })).cn).toBe("new.test");
    domains.put(domain("new.test", { certificate: { certificatePem: "no", chainPem: "", keyCipher: "no" } }));
    expect((await call({ servername: "new.test" })).cn).toBe("new.test");
  });

  it("serves on after clients that are no TLS clients", async () => {
    const socket = tls.connect({ port, servername: "a.test" }).destroy();
    expect(socket.destroyed).toBe(true);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect((await call({ servername: "a.test" })).status).toBe(200);
  });
});

describe.each(["TLSv1.2", "TLSv1.3"] as const)("mutual TLS with %s", (maxVersion) => {
  const servername = "mutual.test";
  const shown = (name: string) => ({ cert: of(name).certificatePem, key: of(name).privateKeyPem });

  it("lets in who has a certificate of the truststore, and tells the API of it", async () => {
    const { status, body } = await call({ servername, maxVersion, ...shown("client") });
    expect(status).toBe(200);
    expect(body.subject).toBe("CN=client,O=Gatehouse");
    expect(body.serial).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2})+$/);
    expect(body.until).toMatch(/ GMT$/);
  });

  it("refuses a client without one, also with a session, and one of a stranger", async () => {
    await expect(call({ servername, maxVersion })).rejects.toThrow();
    await expect(call({ servername, maxVersion, ...shown("stranger") })).rejects.toThrow();
    const { session } = await call({ servername: "a.test", maxVersion });
    await expect(call({ servername, maxVersion, session })).rejects.toThrow();
    expect(warnings).toContainEqual(expect.objectContaining({ domain: servername }));
  });

  it("keeps the certificate in a session that is taken up again", async () => {
    const { session } = await call({ servername, maxVersion, ...shown("client") });
    const again = await call({ servername, maxVersion, session });
    expect(again.body.subject).toBe("CN=client,O=Gatehouse");
  });

  it("is not got round by another name's handshake or none", async () => {
    const { status } = await call({ servername: "a.test", maxVersion, ...shown("client") }, servername);
    expect(status).toBe(403);
  });

  it("lets nobody in while its truststore is only an address", async () => {
    await expect(call({ servername: "closed.test", maxVersion, ...shown("client") })).rejects.toThrow();
  });
});
