import { beforeAll, describe, expect, it } from "vitest";
import { findSigner, noteAccessKeyUse } from "@/server/auth/access-key";
import { database } from "@/server/db/client";
import { listAudit } from "@/server/services/audit/list-audit";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { createAccessKey } from "./create-key";
import { listAccessKeys } from "./list-keys";
import { revokeAccessKey } from "./revoke-key";
import { setAccessKeyPolicy } from "./set-policy";

const ALLOW = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await createTestWorkspace();
});

describe("an access key", () => {
  it("has AWS's form, shows its secret once and is kept encrypted", async () => {
    const made = await createAccessKey(workspace.owner, { name: "CI", role: "developer" });
    expect(made.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(made.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    const row = await database().accessKey.findUniqueOrThrow({ where: { id: made.accessKeyId } });
    const seen = [row, await listAccessKeys(workspace.owner), await listAudit(workspace.owner, {})];
    expect(JSON.stringify(seen)).not.toContain(made.secretAccessKey);
  });

  it("signs as a machine of its workspace with the role it was given", async () => {
    const made = await createAccessKey(workspace.owner, { name: "Signer", role: "viewer" });
    expect(await findSigner(made.accessKeyId)).toEqual({
      secretAccessKey: made.secretAccessKey,
      actor: { userId: null, name: "Signer", workspaceId: workspace.id, role: "viewer", channel: "aws" },
    });
  });

  it("signs no more once it is revoked, and never with another row's secret", async () => {
    const one = await createAccessKey(workspace.owner, { name: "One", role: "viewer" });
    const two = await createAccessKey(workspace.owner, { name: "Two", role: "owner" });
    const { secretCipher } = await database().accessKey.findUniqueOrThrow({ where: { id: one.accessKeyId } });
    await database().accessKey.update({ where: { id: two.accessKeyId }, data: { secretCipher } });
    expect(await findSigner(two.accessKeyId)).toBeNull();
    await revokeAccessKey(workspace.owner, { accessKeyId: one.accessKeyId });
    await revokeAccessKey(workspace.owner, { accessKeyId: one.accessKeyId });
    expect(await findSigner(one.accessKeyId)).toBeNull();
    expect(await findSigner("AKIANOBODYKNOWSTHIS0")).toBeNull();
  });

  it("tells the gateways when it is made, changed and revoked", async () => {
    const { accessKeyId } = await createAccessKey(workspace.owner, { name: "Told", role: "viewer" });
    await setAccessKeyPolicy(workspace.owner, { accessKeyId, policy: ALLOW });
    await revokeAccessKey(workspace.owner, { accessKeyId });
    const where = { kind: "access-key", subject: accessKeyId };
    expect(await database().configChange.count({ where })).toBe(3);
  });

  it("takes a policy with statements and nothing else", async () => {
    const { accessKeyId } = await createAccessKey(workspace.owner, {
      name: "P",
      role: "viewer",
      policy: ALLOW,
    });
    const policy = async () =>
      (await listAccessKeys(workspace.owner)).find(({ id }) => id === accessKeyId)?.policy;
    expect(await policy()).toEqual(ALLOW);
    await setAccessKeyPolicy(workspace.owner, { accessKeyId, policy: null });
    expect(await policy()).toBeNull();
    for (const bad of [{}, { Statement: [] }, { Statement: [{ Effect: "Maybe" }] }, { Statement: "x" }]) {
      await expect(setAccessKeyPolicy(workspace.owner, { accessKeyId, policy: bad })).rejects.toMatchObject({
        code: "INVALID",
        fieldPath: "policy",
      });
    }
  });

  it("remembers when it was last used, to the minute", async () => {
    const { accessKeyId } = await createAccessKey(workspace.owner, { name: "Used", role: "viewer" });
    const first = new Date("2026-01-01T10:00:00Z");
    await noteAccessKeyUse(accessKeyId, first);
    await noteAccessKeyUse(accessKeyId, new Date("2026-01-01T10:00:30Z"));
    const row = await database().accessKey.findUniqueOrThrow({ where: { id: accessKeyId } });
    expect(row.lastUsedAt).toEqual(first);
  });
});
