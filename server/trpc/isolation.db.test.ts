import { beforeAll, describe, expect, it } from "vitest";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { createKey } from "@/server/services/api-key/create-key";
import { createToken } from "@/server/services/machine-token/create-token";
import { createPerson } from "@/server/services/person/create-person";
import { sampleInputSchema } from "@/server/services/sample/sample-input";
import { saveSample } from "@/server/services/sample/save-sample";
import { createCertificate } from "@/server/services/stored-resource/create-client-certificate";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { callProcedure } from "@/server/testing/call-procedure";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { appRouter, createCaller } from "./root";

let theirs: TestWorkspace;
let ours: TestWorkspace;
let inputs: Record<string, unknown>;

/** Procedures that take no id of anything. */
const WITHOUT_IDS = [
  "setup.status",
  "setup.createOwner",
  "session.me",
  "api.list",
  "api.create",
  "api.deleted",
  "usagePlan.list",
  "usagePlan.create",
  "apiKey.list",
  "people.list",
  "people.create",
  "token.list",
  "token.create",
  "accessKey.list",
  "accessKey.create",
  // Names are looked up in the actor's workspace; server/services/domain-name tests it.
  "domainName.list",
  "domainName.create",
  "domainName.delete",
  "domainName.setCertificate",
  "domainName.renewSelfSigned",
  "domainName.setSecurityPolicy",
  "domainName.setTruststore",
  "domainName.removeTruststore",
  "domainName.removeMapping",
  "clientCertificate.list",
  "clientCertificate.create",
  // One per workspace, the actor's own.
  "functionEndpoint.get",
  "functionEndpoint.set",
  "functionEndpoint.remove",
  "functionEndpoint.test",
  "node.list",
  "audit.list",
  // Ids of changes belong to no workspace; the answer is how many gateways have taken them in.
  "deployment.applied",
];

beforeAll(async () => {
  theirs = await createTestWorkspace("Theirs");
  ours = await createTestWorkspace("Ours");
  const { owner } = theirs;
  const { apiId, revision } = await createTestApi(owner);
  const { deploymentId, stageName } = await deployTestApi(owner, apiId);
  const { planId } = await createPlan(owner, { name: "Plan" });
  const keyId = (await createKey(owner, { name: "Key", planIds: [planId] })).key.id;
  const { tokenId } = await createToken(owner, { name: "Token", role: "viewer" });
  const { accessKeyId } = await createAccessKey(owner, { name: "Access key", role: "viewer" });
  const email = `${theirs.id}@example.com`;
  const { userId } = await createPerson(owner, { name: "Person", email, role: "owner" });
  const input = sampleInputSchema.parse({});
  const certificateId = (await createCertificate(owner, { description: "" })).id;
  const sampleId = (await saveSample(owner, { apiId, name: "Sample", input })).id;
  const source = JSON.stringify({ openapi: "3.0.1", info: { title: "x", version: "1" }, paths: {} });
  const stage = { apiId, stageName };
  const target = { apiId, mode: "overwrite" };
  inputs = {
    "api.get": { apiId },
    "api.importPreview": { source, target },
    "api.import": { source, target },
    "api.export": { apiId, format: "oas30", extensions: true, syntax: "json" },
    "api.edit": { apiId, revision, edits: [{ name: "update-api", input: { changes: { name: "Mine" } } }] },
    "api.undo": { apiId, revision },
    "api.redo": { apiId, revision },
    "api.history": { apiId },
    "api.tags": { apiId },
    "api.setTags": { apiId, tags: { team: "Mine" } },
    "api.delete": { apiId },
    "api.restore": { apiId },
    "deployment.preview": { apiId },
    "domainName.putMapping": {
      domainName: "api.example.com",
      basePath: "",
      apiId,
      stageName: null,
      before: null,
    },
    "clientCertificate.delete": { id: certificateId },
    "deployment.create": { ...stage, revision },
    "deployment.list": { apiId },
    "deployment.compare": { apiId, fromId: deploymentId, toId: "draft" },
    "canary.start": { ...stage, canary: { deploymentId } },
    "canary.deploy": { ...stage, canary: { percentTraffic: 5 } },
    "canary.update": { ...stage, changes: { percentTraffic: 5 } },
    "canary.promote": stage,
    "canary.remove": stage,
    "canary.startRollout": {
      ...stage,
      plan: {
        steps: [{ percentTraffic: 5, minutes: 1 }],
        guardrails: { maxErrorPercent: 1, maxP95Ms: null, minSamples: 1 },
        isPromotedAtEnd: false,
      },
    },
    "canary.stopRollout": stage,
    "canary.rollouts": stage,
    "canary.compare": { ...stage, minutes: 5 },
    "stage.list": { apiId },
    "stage.get": stage,
    "stage.methods": stage,
    "stage.update": { ...stage, changes: { description: "Mine" } },
    "canary.pauseRollout": { ...stage, isPaused: true },
    "canary.timeline": { ...stage, minutes: 5 },
    "canary.report": { ...stage, rolloutId: "none" },
    "node.ofStages": { apiId },
    "stage.use": stage,
    "api.use": { apiId },
    "deployment.download": { apiId, deploymentId, as: "snapshot" },
    "deployment.delete": { apiId, deploymentId },
    "deployment.describe": { apiId, deploymentId, description: "Mine" },
    "stage.previewPromotion": { apiId, from: stageName, to: "other" },
    "stage.promote": { apiId, from: stageName, to: "other" },
    "stage.rollback": { ...stage, deploymentId },
    "stage.delete": stage,
    "stage.metrics": { ...stage, minutes: 5 },
    "metric.ofApi": { apiId, range: { minutes: 60 } },
    "metric.topKeys": { apiId, range: { minutes: 60 } },
    "usagePlan.get": { planId },
    "usagePlan.update": { planId, changes: { name: "Mine" } },
    "usagePlan.delete": { planId },
    "usagePlan.attachStage": { planId, ...stage },
    "usagePlan.detachStage": { planId, ...stage },
    "usagePlan.attachKey": { planId, keyId },
    "usagePlan.detachKey": { planId, keyId },
    "usagePlan.usage": { planId, days: 7 },
    "usagePlan.whatIf": { planId, days: 7, quota: { limit: 1, period: "DAY" } },
    "apiKey.create": { name: "Key", planIds: [planId] },
    "apiKey.get": { keyId },
    "apiKey.revoke": { keyId },
    "apiKey.restore": { keyId },
    "apiKey.update": { keyId, changes: { name: "Mine" } },
    "apiKey.delete": { keyId },
    "apiKey.usage": { keyId, days: 7 },
    "apiKey.canCall": { ...stage, keyId, method: "/pets/GET" },
    "apiKey.history": { keyId },
    "apiKey.extendQuota": { planId, keyId, more: 1, reason: "None" },
    "test.invoke": { apiId, request: { httpMethod: "GET", path: "/pets" } },
    "sample.list": { apiId },
    "sample.save": { apiId, id: sampleId, name: "Mine", input },
    "sample.delete": { apiId, id: sampleId },
    "people.setRole": { userId, role: "viewer" },
    "people.remove": { userId },
    "token.revoke": { tokenId },
    "accessKey.setPolicy": { accessKeyId, policy: null },
    "accessKey.revoke": { accessKeyId },
    "stage.flushAuthorizers": stage,
    "stage.flushCache": stage,
    "requestLog.search": { ...stage, filter: {} },
    "requestLog.histogram": { ...stage, filter: {} },
    "requestLog.get": { ...stage, requestId: "any" },
    "requestLog.tail": { ...stage, filter: {} },
    "test.authorizer": {
      apiId,
      authorizerId: "a",
      request: { httpMethod: "GET", path: "/", headers: [] },
    },
  };
});

const paths = Object.keys(appRouter._def.procedures).filter((path) => !WITHOUT_IDS.includes(path));

describe("workspaces", () => {
  it.each(paths)("hide their things from the owner of another one at %s", async (path) => {
    expect(inputs[path], "this test needs an input for the procedure").toBeDefined();
    await expect(callProcedure(ours.owner, path, inputs[path])).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("show nothing of each other in lists", async () => {
    const caller = createCaller({ actor: ours.owner });
    expect(await caller.api.list()).toEqual([]);
    expect(await caller.api.deleted()).toEqual([]);
    expect(await caller.usagePlan.list()).toEqual([]);
    expect(await caller.apiKey.list()).toEqual({ items: [], nextCursor: null });
    expect(await caller.people.list()).toEqual([]);
    expect(await caller.token.list()).toEqual([]);
    expect(await caller.accessKey.list()).toEqual([]);
    expect((await caller.audit.list()).items).toEqual([]);
  });

  it("do not lend their plans to another one's keys, nor their stages to another one's plans", async () => {
    const { apiId } = await createTestApi(ours.owner);
    const { stageName } = await deployTestApi(ours.owner, apiId);
    const { planId } = await createPlan(ours.owner, { name: "Ours" });
    const foreign = inputs["usagePlan.attachStage"] as { planId: string; apiId: string; stageName: string };
    const caller = createCaller({ actor: ours.owner });
    const notFound = { code: "NOT_FOUND" };
    await expect(caller.usagePlan.attachStage({ ...foreign, planId })).rejects.toMatchObject(notFound);
    await expect(
      caller.usagePlan.attachStage({ planId: foreign.planId, apiId, stageName }),
    ).rejects.toMatchObject(notFound);
    await expect(caller.apiKey.create({ name: "Key", planIds: [foreign.planId] })).rejects.toMatchObject(
      notFound,
    );
    const deploymentId = (inputs["stage.rollback"] as { deploymentId: string }).deploymentId;
    await expect(caller.stage.rollback({ apiId, stageName, deploymentId })).rejects.toMatchObject(notFound);
  });
});
