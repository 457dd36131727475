import { beforeAll, describe, expect, it } from "vitest";
import { domainSecretId } from "@/server/adapters/certificates/domain-secret-id";
import { selfSignedCertificate } from "@/server/adapters/certificates/self-signed-certificate";
import { database } from "@/server/db/client";
import { accessKeyBox } from "@/server/db/secret-box";
import { putStored } from "@/server/services/stored-resource/change-stored";
import { createTestWorkspace } from "@/server/testing/test-workspace";
import { setDomainCertificate, setDomainTruststore } from "./change-domain";

const DAY_MS = 86_400_000;
const domainName = "api.example.com";
let ours: Awaited<ReturnType<typeof createTestWorkspace>>;
let theirs: typeof ours;
const made = (from: number, until: number) =>
  selfSignedCertificate({
    commonName: domainName,
    from: new Date(Date.now() + from),
    until: new Date(Date.now() + until),
    dnsNames: [domainName],
  });
let good: Awaited<ReturnType<typeof made>>;
let other: typeof good;
let expired: typeof good;

beforeAll(async () => {
  ours = await createTestWorkspace("Ours");
  theirs = await createTestWorkspace("Theirs");
  await putStored(ours.owner, { kind: "domain-name", id: domainName }, { domainName });
  [good, other, expired] = await Promise.all([
    made(-DAY_MS, DAY_MS),
    made(-DAY_MS, DAY_MS),
    made(-2 * DAY_MS, -DAY_MS),
  ]);
});

const documentOf = async () => {
  const where = { workspaceId: ours.id, kind: "domain-name", id: domainName };
  return (await database().storedResource.findFirstOrThrow({ where })).document as Record<string, unknown>;
};
const set = (
  parts: { certificatePem?: string; chainPem?: string; privateKeyPem?: string },
  actor = ours.owner,
) => setDomainCertificate(actor, { domainName, chainPem: "", ...good, ...parts });

describe("a domain name", () => {
  it("gets its certificate with the key sealed for it alone, and gateways are told", async () => {
    const where = { kind: "domain", subject: domainName };
    const before = await database().configChange.count({ where });
    await set({});
    expect(await database().configChange.count({ where })).toBe(before + 1);
    const { certificate } = (await documentOf()) as { certificate: { keyCipher: string } };
    const open = (workspaceId: string) =>
      accessKeyBox().open(certificate.keyCipher, domainSecretId(workspaceId, domainName));
    expect(open(ours.id)).toBe(good.privateKeyPem);
    expect(open(theirs.id)).toBeNull();
  });

  it("takes no certificate that cannot be used, and says why", async () => {
    await expect(set({ certificatePem: "x" })).rejects.toThrow("not a PEM certificate");
    await expect(set({ privateKeyPem: "x" })).rejects.toThrow("not a PEM key");
    await expect(set({ privateKeyPem: other.privateKeyPem })).rejects.toThrow("does not belong");
    await expect(set({ ...expired })).rejects.toThrow("expired on");
    await expect(set({ chainPem: "x" })).rejects.toThrow("no PEM certificate");
    await expect(set({ chainPem: other.certificatePem })).rejects.toThrow("The chain is broken");
  });

  it("gets a truststore, and mutual TLS with it", async () => {
    await expect(setDomainTruststore(ours.owner, { domainName, truststorePem: "x" })).rejects.toThrow(
      "1 to 1,000",
    );
    await setDomainTruststore(ours.owner, { domainName, truststorePem: good.certificatePem });
    expect(await documentOf()).toMatchObject({
      truststorePem: good.certificatePem,
      truststoreUri: `s3://gatehouse/${domainName}.pem`,
    });
  });

  it("is changed by its own workspace only", async () => {
    await expect(set({}, theirs.owner)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const truststorePem = good.certificatePem;
    const change = setDomainTruststore(theirs.owner, { domainName, truststorePem });
    await expect(change).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
