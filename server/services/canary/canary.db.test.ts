import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { deleteDeployment } from "@/server/services/deployment/delete-deployment";
import { deleteStage } from "@/server/services/stage/delete-stage";
import { getStage } from "@/server/services/stage/get-stage";
import { rollBackStage } from "@/server/services/stage/roll-back-stage";
import { updateStage } from "@/server/services/stage/update-stage";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { promoteCanary, removeCanary, updateCanary } from "./change-canary";
import { deployCanary } from "./deploy-canary";
import { startCanary } from "./start-canary";

let workspace: TestWorkspace;
let stage: { apiId: string; stageName: string };
let first: string;
let second: string;

const canary = (given: Partial<CanarySettings> = {}): CanarySettings => ({
  percentTraffic: 5,
  deploymentId: second,
  useStageCache: false,
  sticky: null,
  ...given,
});
const current = () => getStage(workspace.owner, stage);

beforeAll(async () => {
  workspace = await createTestWorkspace();
  const { apiId } = await createTestApi(workspace.owner);
  stage = { apiId, stageName: "prod" };
  first = (await deployTestApi(workspace.owner, apiId)).deploymentId;
  second = (await deployTestApi(workspace.owner, apiId)).deploymentId;
});

beforeEach(async () => {
  await removeCanary(workspace.owner, stage).catch(() => undefined);
  await rollBackStage(workspace.owner, { ...stage, deploymentId: first });
  await updateStage(workspace.owner, { ...stage, changes: { variables: { host: "one", own: "kept" } } });
});

describe("a canary", () => {
  it("is started on a deployment there is, with history, audit and a word to the data planes", async () => {
    const { configChangeId } = await startCanary(workspace.owner, { ...stage, canary: canary() });
    const detail = await current();
    expect(detail.config.canary).toEqual(canary());
    expect(detail.deployment.id).toBe(first);
    expect(detail.events[0]).toMatchObject({ kind: "canary-started", detail: { percentTraffic: 5 } });
    const change = await database().configChange.findUniqueOrThrow({ where: { id: BigInt(configChangeId) } });
    expect(change).toMatchObject({ kind: "stage", subject: `${stage.apiId}/prod` });
    const audited = await database().auditEntry.findFirst({
      where: { workspaceId: workspace.id },
      orderBy: { id: "desc" },
    });
    expect(audited).toMatchObject({ action: "stage.canary-started", subject: "Pets › prod" });
  });

  it("is not started twice, nor on a deployment of another API", async () => {
    await startCanary(workspace.owner, { ...stage, canary: canary() });
    const again = startCanary(workspace.owner, { ...stage, canary: canary() });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
    await removeCanary(workspace.owner, stage);
    const other = await createTestApi(workspace.owner, "Other");
    const { deploymentId } = await deployTestApi(workspace.owner, other.apiId);
    const foreign = startCanary(workspace.owner, { ...stage, canary: canary({ deploymentId }) });
    await expect(foreign).rejects.toMatchObject({ code: "INVALID", fieldPath: "canary.deploymentId" });
    expect((await current()).config.canary).toBeNull();
  });

  it("gets the draft as a new deployment while the stage goes on serving its own", async () => {
    const { deploymentId: _, ...settings } = canary({ percentTraffic: 20 });
    const made = await deployCanary(workspace.owner, { ...stage, canary: settings });
    const detail = await current();
    expect(detail.deployment.id).toBe(first);
    expect(detail.config.canary).toMatchObject({ deploymentId: made.deploymentId, percentTraffic: 20 });
    const missing = deployCanary(workspace.owner, { ...stage, stageName: "none", canary: settings });
    await expect(missing).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("changes what is named and nothing else; its stage's settings leave it alone", async () => {
    const sticky = { by: "header" as const, name: "X-Customer" };
    await startCanary(workspace.owner, { ...stage, canary: canary({ sticky }) });
    await updateCanary(workspace.owner, { ...stage, changes: { percentTraffic: 50 } });
    await updateStage(workspace.owner, { ...stage, changes: { variables: { host: "two" } } });
    const detail = await current();
    expect(detail.config.canary).toEqual(canary({ sticky, percentTraffic: 50 }));
    expect(detail.events.slice(0, 2).map(({ kind }) => kind)).toEqual(["settings-changed", "canary-changed"]);
    const wrong = updateCanary(workspace.owner, { ...stage, changes: { percentTraffic: 101 } });
    await expect(wrong).rejects.toMatchObject({ code: "INVALID", fieldPath: "canary.percentTraffic" });
  });

  it("is promoted at once: deployment, variables and 0 % in one change", async () => {
    const stageVariableOverrides = { host: "new", extra: "more" };
    await startCanary(workspace.owner, { ...stage, canary: canary({ stageVariableOverrides }) });
    await promoteCanary(workspace.owner, stage);
    const detail = await current();
    expect(detail.deployment.id).toBe(second);
    expect(detail.config.variables).toEqual({ host: "new", own: "kept", extra: "more" });
    expect(detail.config.canary).toEqual(canary({ stageVariableOverrides, percentTraffic: 0 }));
    expect(
      detail.events
        .slice(0, 2)
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(["canary-promoted", "rolled-back"]);
  });

  it("is promoted and taken away in one change if that is asked", async () => {
    await startCanary(workspace.owner, { ...stage, canary: canary() });
    await promoteCanary(workspace.owner, { ...stage, isRemoved: true });
    const detail = await current();
    expect([detail.deployment.id, detail.config.canary]).toEqual([second, null]);
  });

  it("is taken away and leaves the stage as it was; without one there is nothing to change", async () => {
    await startCanary(workspace.owner, {
      ...stage,
      canary: canary({ stageVariableOverrides: { host: "x" } }),
    });
    await removeCanary(workspace.owner, stage);
    const detail = await current();
    expect(detail.config).toMatchObject({ canary: null, variables: { host: "one", own: "kept" } });
    expect([detail.deployment.id, detail.events[0]?.kind]).toEqual([first, "canary-removed"]);
    for (const change of [promoteCanary, removeCanary]) {
      await expect(change(workspace.owner, stage)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("ends when the stage is deployed to, not when it is moved to an older deployment", async () => {
    await startCanary(workspace.owner, { ...stage, canary: canary() });
    await rollBackStage(workspace.owner, { ...stage, deploymentId: first });
    expect((await current()).config.canary).toEqual(canary());
    await deployTestApi(workspace.owner, stage.apiId);
    expect((await current()).config.canary).toBeNull();
  });

  it("keeps its deployment from being deleted", async () => {
    const { deploymentId } = await deployTestApi(workspace.owner, stage.apiId, "spare");
    await deleteStage(workspace.owner, { ...stage, stageName: "spare" });
    await startCanary(workspace.owner, { ...stage, canary: canary({ deploymentId }) });
    const deleted = () => deleteDeployment(workspace.owner, { apiId: stage.apiId, deploymentId });
    await expect(deleted()).rejects.toMatchObject({ code: "CONFLICT" });
    await removeCanary(workspace.owner, stage);
    await deleted();
  });
});
