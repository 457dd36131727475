import { SecurityPolicy } from "@aws-sdk/client-api-gateway";
import { beforeAll, describe, expect, it } from "vitest";
import { domainSecretId } from "@/server/adapters/certificates/domain-secret-id";
import { selfSignedCertificate } from "@/server/adapters/certificates/self-signed-certificate";
import { database, type Transaction } from "@/server/db/client";
import { accessKeyBox } from "@/server/db/secret-box";
import { putStored } from "@/server/services/stored-resource/change-stored";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace } from "@/server/testing/test-workspace";
import {
  removeDomainTruststore,
  SECURITY_POLICIES,
  setDomainCertificate,
  setDomainSecurityPolicy,
  setDomainTruststore,
} from "./change-domain";
import { putMapping, removeMapping } from "./change-mapping";
import { deleteDomain } from "./delete-domain";
import { listDomains } from "./list-domains";
import { makeDomain } from "./make-domain";

const DAY_MS = 86_400_000;
const TLS13 = SecurityPolicy.SecurityPolicy_TLS13_1_3_2025_09;
const domainName = "api.names.example";
/** No more than what is read of a name. */
const stored = (types: string[]) => ({ domainName, endpointConfiguration: { types } });
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
  await putStored(ours.owner, { kind: "domain-name", id: domainName }, stored(["REGIONAL"]));
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

  it.each([[["EDGE"]], [["PRIVATE"]], [["EDGE", "REGIONAL"]]])(
    "of the type %j gets none: AWS's clients could not change it any more",
    async (types) => {
      const { owner } = await createTestWorkspace();
      const id = `${types.join("-").toLowerCase()}.names.example`;
      await putStored(owner, { kind: "domain-name", id }, stored(types));
      const change = setDomainTruststore(owner, { domainName: id, truststorePem: good.certificatePem });
      await expect(change).rejects.toMatchObject({
        code: "INVALID",
        message: expect.stringContaining("for regional domain names only"),
      });
    },
  );

  it("keeps AWS's names of security policies, and one that was called otherwise is read by AWS's name", async () => {
    expect(Object.values(SecurityPolicy)).toEqual(expect.arrayContaining([...SECURITY_POLICIES]));
    const { owner } = await createTestWorkspace();
    const id = "earlier.names.example";
    await putStored(
      owner,
      { kind: "domain-name", id },
      { ...stored(["REGIONAL"]), securityPolicy: "TLS_1_3" },
    );
    expect((await listDomains(owner)).domains).toMatchObject([{ securityPolicy: TLS13 }]);
  });

  it("is changed by its own workspace only", async () => {
    await expect(set({}, theirs.owner)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const truststorePem = good.certificatePem;
    const change = setDomainTruststore(theirs.owner, { domainName, truststorePem });
    await expect(change).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("keeps all of several changes that come at once", async () => {
    const name = "at-once.example";
    await makeDomain(ours.owner, { domainName: name, certificate: null });
    const truststorePem = good.certificatePem;
    await Promise.all([
      setDomainCertificate(ours.owner, { domainName: name, chainPem: "", ...good }),
      setDomainTruststore(ours.owner, { domainName: name, truststorePem }),
      setDomainSecurityPolicy(ours.owner, { domainName: name, securityPolicy: TLS13 }),
    ]);
    const { domains } = await listDomains(ours.owner);
    expect(domains.find(({ domainName: of }) => of === name)).toMatchObject({
      securityPolicy: TLS13,
      truststore: { certificates: 1 },
      certificate: { certificatePem: good.certificatePem },
    });
  });

  it("does not come back by a change that meets its deletion: its name may be somebody else's by then", async () => {
    const name = "going.example";
    await makeDomain(ours.owner, { domainName: name, certificate: null });
    const where = { kind: "domain-name", id: name };
    let change: Promise<unknown> | undefined;
    const deleteAndWait = async (tx: Transaction) => {
      const [{ pid } = {}] = await tx.$queryRaw<{ pid?: number }[]>`SELECT pg_backend_pid() AS pid`;
      await tx.storedResource.deleteMany({ where });
      change = setDomainSecurityPolicy(ours.owner, { domainName: name, securityPolicy: TLS13 }).catch(
        (error: unknown) => error,
      );
      const waiting = () => database().$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity
        WHERE ${pid} = ANY (pg_blocking_pids(pid)) AND wait_event_type = 'Lock' AND query LIKE '%"StoredResource"%'`;
      await expect.poll(waiting, { timeout: 20_000 }).toHaveLength(1);
    };
    await database().$transaction(deleteAndWait, { maxWait: 10_000, timeout: 30_000 });
    expect(await change).toMatchObject({ code: "NOT_FOUND" });
    expect(await database().storedResource.count({ where })).toBe(0);
  });
});

describe("a name", () => {
  const claim = (actor: typeof ours.owner, name: string) =>
    makeDomain(actor, { domainName: name, certificate: null });
  const taken = (work: Promise<void>) =>
    expect(work).rejects.toMatchObject({ code: "CONFLICT", fieldPath: "domainName" });

  it("belongs to who claims it first, however it is written, also when both come at once", async () => {
    await claim(ours.owner, "First.example.org");
    await taken(claim(theirs.owner, "first.example.org"));
    await taken(claim(ours.owner, "FIRST.example.org"));
    const race = await Promise.allSettled(
      [ours, theirs, ours, theirs].map(({ owner }) => claim(owner, "race.example.org")),
    );
    expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await deleteDomain(ours.owner, "first.example.org");
    await claim(theirs.owner, "first.example.org");
  });

  it("under another workspace's wildcard is that workspace's, and so is a wildcard over another's name", async () => {
    await claim(ours.owner, "*.wild.example");
    await taken(claim(theirs.owner, "a.wild.example"));
    await claim(ours.owner, "a.wild.example");
    await claim(theirs.owner, "a.b.wild.example");
    await claim(theirs.owner, "wild.example");
    await taken(claim(ours.owner, "*.b.wild.example"));
    await claim(theirs.owner, "*.b.wild.example");
  });

  it("is one workspace's in the database, too", async () => {
    const key = { kind: "domain-name", id: "only.example.org" } as const;
    await claim(ours.owner, key.id);
    await expect(putStored(theirs.owner, key, {})).rejects.toThrow();
    for (const { owner } of [ours, theirs]) await putStored(owner, { ...key, id: `${key.id}+private` }, {});
  });

  it("must be one", async () => {
    for (const name of ["localhost", "a b.example", "x.*.example", "-a.example"]) {
      await expect(claim(ours.owner, name)).rejects.toMatchObject({
        code: "INVALID",
        fieldPath: "domainName",
      });
    }
  });
});

describe("the list of domain names", () => {
  it("tells certificates, what they cover, mappings and what of them leads nowhere", async () => {
    const { owner } = await createTestWorkspace("Listed");
    const { apiId } = await createTestApi(owner);
    const { stageName: dev } = await deployTestApi(owner, apiId);
    const name = `${apiId}.example.net`;
    await makeDomain(owner, { domainName: name, certificate: null });
    const put = (basePath: string, stageName: string | null, before: string | null = null) =>
      putMapping(owner, { domainName: name, basePath, apiId, stageName, before });
    await put("", null);
    await put("/v1/pets/", dev);
    await expect(put("v1/pets", dev)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(put("a b", dev)).rejects.toMatchObject({ code: "INVALID" });
    await expect(put("x", "none")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await put("v2", dev, "v1/pets");
    await setDomainSecurityPolicy(owner, { domainName: name, securityPolicy: TLS13 });
    const { domains } = await listDomains(owner);
    expect(domains).toMatchObject([
      {
        domainName: name,
        securityPolicy: TLS13,
        truststore: null,
        certificate: { isSelfSigned: true, coversName: true },
        mappings: [
          { basePath: "", stageName: null, isStageThere: true },
          { basePath: "v2", stageName: dev, isStageThere: true },
        ],
      },
    ]);
    await setDomainTruststore(owner, { domainName: name, truststorePem: good.certificatePem });
    expect((await listDomains(owner)).domains[0]?.truststore?.certificates).toBe(1);
    await removeDomainTruststore(owner, { domainName: name });
    await removeMapping(owner, { domainName: name, basePath: "" });
    await setDomainCertificate(owner, { domainName: name, chainPem: "", ...good });
    const after = (await listDomains(owner)).domains[0];
    expect(after).toMatchObject({ truststore: null, certificate: { coversName: false } });
    expect(after?.mappings).toHaveLength(1);
    const gone = { kind: "base-path-mapping", parentId: name, id: "gone" } as const;
    await putStored(owner, gone, { basePath: "gone", restApiId: "gone", stage: null });
    expect((await listDomains(owner)).domains[0]?.mappings).toMatchObject([
      { basePath: "gone", apiName: null, isStageThere: false },
      { basePath: "v2", isStageThere: true },
    ]);
    await deleteDomain(owner, name);
    expect((await listDomains(owner)).domains).toEqual([]);
    await expect(deleteDomain(owner, name)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
