import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { editApi } from "@/server/services/api/edit-api";
import { createKey } from "@/server/services/api-key/create-key";
import { startCanary } from "@/server/services/canary/start-canary";
import { getStage } from "@/server/services/stage/get-stage";
import { rollBackStage } from "@/server/services/stage/roll-back-stage";
import { updateStage } from "@/server/services/stage/update-stage";
import { attachStage } from "@/server/services/usage-plan/attach-stage";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { createTestApi, deployTestApi, mockGet } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { previewPromotion } from "./preview-promotion";
import { promoteStage } from "./promote-stage";

let workspace: TestWorkspace;
let apiId: string;
let first: string;
let second: string;
const stage = (stageName: string) => getStage(workspace.owner, { apiId, stageName });
const way = () => ({ apiId, from: "dev", to: "prod" });
const set = (stageName: string, changes: Parameters<typeof updateStage>[1]["changes"]) =>
  updateStage(workspace.owner, { apiId, stageName, changes });

beforeAll(async () => {
  workspace = await createTestWorkspace();
  const api = await createTestApi(workspace.owner, "Promoted");
  apiId = api.apiId;
  first = (await deployTestApi(workspace.owner, apiId, "prod")).deploymentId;
  const edits = mockGet({ rootId: api.rootId, id: "cats", pathPart: "cats" });
  const integration = {
    type: "HTTP_PROXY",
    httpMethod: "GET",
    uri: "http://${stageVariables.backend}/",
  };
  const put = { name: "put-integration", input: { resourceId: "cats", httpMethod: "GET", integration } };
  await editApi(workspace.owner, { apiId, revision: api.revision, edits: [...edits, put] });
  second = (await deployTestApi(workspace.owner, apiId, "dev")).deploymentId;
  await set("dev", {
    variables: { backend: "dev.test", tier: "dev" },
    accessLogFormat: "$context.requestId",
  });
  await set("prod", { variables: { tier: "prod", own: "kept" } });
});

describe("promoting a stage to another", () => {
  it("shows first what changes, what the target lacks and who is affected", async () => {
    const { planId } = await createPlan(workspace.owner, { name: "Gold" });
    await attachStage(workspace.owner, { planId, apiId, stageName: "prod" });
    await createKey(workspace.owner, { name: "one", planIds: [planId] });
    await database().metricMinute.create({
      data: {
        apiId,
        stage: "prod",
        route: "GET /pets",
        minute: new Date(Date.now() - 120_000),
        count: 7,
        errors4xx: 0,
        errors5xx: 0,
        latencySumMs: 1,
        integrationSumMs: 1,
        buckets: [],
      },
    });
    const preview = await previewPromotion(workspace.owner, way());
    expect(preview).toMatchObject({
      source: { stageName: "dev", deploymentId: second, number: 2 },
      target: { stageName: "prod", deploymentId: first, number: 1 },
      isSame: false,
      canary: null,
      use: { plans: [{ name: "Gold", keys: 1 }], keys: 1, domains: [], requests: 7 },
    });
    expect(preview.changes.some(({ path }) => path.includes("/cats"))).toBe(true);
    expect(preview.variables.map(({ name, state }) => [name, state])).toEqual([
      ["backend", "missing"],
      ["tier", "different"],
      ["own", "only-target"],
    ]);
    expect(preview.settings).toMatchObject([{ id: "accessLogFormat" }]);
    const missing = (found: typeof preview) =>
      found.problems.filter(({ message }) => message.includes("no variable backend")).length;
    expect(missing(preview)).toBe(1);
    const filled = await previewPromotion(workspace.owner, { ...way(), copyVariables: ["backend"] });
    expect(missing(filled)).toBe(0);
  });

  it("gives the target the very same deployment with what was chosen, in one change, and goes back by rollback", async () => {
    const { config } = await stage("prod");
    const deployment = await database().deployment.count({ where: { apiId } });
    const promoted = await promoteStage(workspace.owner, {
      ...way(),
      copyVariables: ["backend"],
      copySettings: ["accessLogFormat"],
      expected: { source: second, target: first },
    });
    expect(promoted).toMatchObject({ deploymentId: second, number: 2, stageName: "prod" });
    const after = await stage("prod");
    expect(after.deployment.id).toBe(second);
    expect(after.config).toEqual({
      ...config,
      variables: { tier: "prod", own: "kept", backend: "dev.test" },
      accessLogFormat: "$context.requestId",
    });
    expect(after.events.find(({ kind }) => kind === "promoted")).toMatchObject({
      deploymentNumber: 2,
      detail: { fromStage: "dev", previousDeploymentId: first },
    });
    expect(await database().deployment.count({ where: { apiId } })).toBe(deployment);
    const again = promoteStage(workspace.owner, way());
    await expect(again).rejects.toMatchObject({ code: "INVALID" });
    await rollBackStage(workspace.owner, { apiId, stageName: "prod", deploymentId: first });
    expect((await stage("prod")).deployment.id).toBe(first);
  });

  it("is refused when either stage has changed since it was looked at, and then changes nothing", async () => {
    for (const expected of [
      { source: first, target: first },
      { source: second, target: second },
      { source: second, target: null },
    ]) {
      const promotion = promoteStage(workspace.owner, { ...way(), copyVariables: ["tier"], expected });
      await expect(promotion).rejects.toMatchObject({ code: "CONFLICT" });
    }
    const unknown = promoteStage(workspace.owner, { ...way(), copyVariables: ["none"] });
    await expect(unknown).rejects.toMatchObject({ code: "INVALID", fieldPath: "copyVariables" });
    expect(await stage("prod")).toMatchObject({
      deployment: { id: first },
      config: { variables: { tier: "prod" } },
    });
  });

  it("ends the target's canary, after saying so", async () => {
    await startCanary(workspace.owner, {
      apiId,
      stageName: "prod",
      canary: { percentTraffic: 5, deploymentId: second, useStageCache: false, sticky: null },
    });
    const { canary } = await previewPromotion(workspace.owner, way());
    expect(canary).toEqual({ number: 2, percentTraffic: 5 });
    await promoteStage(workspace.owner, way());
    expect((await stage("prod")).config.canary).toBeNull();
  });

  it("makes a stage that is not there", async () => {
    const to = "staging";
    const preview = await previewPromotion(workspace.owner, { ...way(), to });
    expect(preview).toMatchObject({ target: null, isSame: false });
    await promoteStage(workspace.owner, {
      ...way(),
      to,
      copyVariables: ["backend", "tier"],
      expected: { source: second, target: null },
    });
    const made = await stage(to);
    expect(made.deployment.id).toBe(second);
    expect(made.config).toMatchObject({ stageName: to, variables: { backend: "dev.test", tier: "dev" } });
  });

  it("is no way around permissions, nor to itself or to another workspace", async () => {
    const viewer = { ...workspace.owner, role: "viewer" as const };
    await expect(promoteStage(viewer, way())).rejects.toMatchObject({ code: "FORBIDDEN" });
    const itself = { ...way(), to: "dev" };
    await expect(promoteStage(workspace.owner, itself)).rejects.toMatchObject({ code: "INVALID" });
    await expect(previewPromotion(workspace.owner, itself)).rejects.toMatchObject({ code: "INVALID" });
    const other = await createTestWorkspace();
    await expect(previewPromotion(other.owner, way())).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(promoteStage(other.owner, way())).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
