import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { changeStored, deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import {
  removeDomainTruststore,
  renewSelfSigned,
  setDomainSecurityPolicy,
  setDomainTruststore,
} from "./change-domain";
import { putMapping, removeMapping } from "./change-mapping";
import { deleteDomain } from "./delete-domain";
import { makeDomain, selfSigned } from "./make-domain";

let workspace: TestWorkspace;
let apiId: string;
let stage: string;

beforeAll(async () => {
  workspace = await createTestWorkspace();
  ({ apiId } = await createTestApi(workspace.owner));
  ({ stageName: stage } = await deployTestApi(workspace.owner, apiId));
});

/** What the audit log says of a kind of thing whose subject begins with these words, oldest first. */
async function audited(kind: string, subject: string) {
  const entries = await database().auditEntry.findMany({
    where: {
      workspaceId: workspace.id,
      action: { startsWith: `${kind}.` },
      subject: { startsWith: subject },
    },
    orderBy: { id: "asc" },
    select: { action: true, subject: true, detail: true },
  });
  expect(JSON.stringify(entries)).not.toMatch(/BEGIN|Cipher/);
  return entries;
}

describe("the audit log", () => {
  it("says what of a domain name was changed, and never a key or PEM", async () => {
    const { owner } = workspace;
    const domainName = "audited.example";
    await makeDomain(owner, { domainName, certificate: null });
    await renewSelfSigned(owner, { domainName });
    const { certificatePem: truststorePem } = await selfSigned(domainName, new Date());
    await setDomainTruststore(owner, { domainName, truststorePem });
    await setDomainTruststore(owner, { domainName, truststorePem });
    await removeDomainTruststore(owner, { domainName });
    await setDomainSecurityPolicy(owner, { domainName, securityPolicy: "TLS_1_0" });
    await deleteDomain(owner, domainName);
    const certificate = {
      subject: expect.stringContaining(`CN=${domainName}`),
      expiresAt: expect.any(String),
    };
    expect(await audited("domain-name", domainName)).toMatchObject([
      { action: "domain-name.created", subject: domainName, detail: { securityPolicy: "TLS_1_2" } },
      { action: "domain-name.certificate-replaced", detail: { certificate } },
      { action: "domain-name.mutual-tls-on", detail: { certificates: 1 } },
      { action: "domain-name.truststore-replaced", detail: { certificates: 1 } },
      { action: "domain-name.mutual-tls-off", detail: { truststoreUri: null } },
      {
        action: "domain-name.security-policy-changed",
        detail: {
          changed: ["securityPolicy"],
          securityPolicy: "TLS_1_0",
          before: { securityPolicy: "TLS_1_2" },
        },
      },
      { action: "domain-name.deleted", detail: { mappings: 0 } },
    ]);
  });

  it("says which base path leads where, a moved one once", async () => {
    const { owner } = workspace;
    const domainName = "mapped.example";
    await makeDomain(owner, { domainName, certificate: null });
    const put = (basePath: string, before: string | null) =>
      putMapping(owner, { domainName, basePath, apiId, stageName: stage, before });
    await put("", null);
    await put("", "");
    await put("v2", "");
    await removeMapping(owner, { domainName, basePath: "v2" });
    const to = { restApiId: apiId, stage };
    const [root, moved] = [`${domainName} › (none)`, `${domainName} › v2`];
    expect(await audited("base-path-mapping", domainName)).toMatchObject([
      { action: "base-path-mapping.created", subject: root, detail: { basePath: "(none)", ...to } },
      { action: "base-path-mapping.changed", subject: root, detail: { changed: [] } },
      {
        action: "base-path-mapping.changed",
        subject: moved,
        detail: { basePath: "v2", ...to, before: { basePath: "(none)", ...to } },
      },
      { action: "base-path-mapping.deleted", subject: moved, detail: { basePath: "v2", ...to } },
    ]);
  });

  it("says as much of what AWS's clients change as is no secret", async () => {
    const { owner } = workspace;
    const key = { kind: "domain-name", id: "by-aws.example" } as const;
    await putStored(owner, key, { truststoreUri: null, truststorePem: "BEGIN" });
    await changeStored(owner, key, () => ({ truststoreUri: "s3://b/k", truststorePem: "BEGIN it" }));
    await deleteStored(owner, key);
    expect(await audited("domain-name", key.id)).toMatchObject([
      { action: "domain-name.created" },
      {
        action: "domain-name.changed",
        detail: {
          changed: ["truststorePem", "truststoreUri"],
          truststoreUri: "s3://b/k",
          before: { truststoreUri: null },
        },
      },
      { action: "domain-name.deleted" },
    ]);
  });
});
