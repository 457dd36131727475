import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { editApi } from "@/server/services/api/edit-api";
import { getApi } from "@/server/services/api/get-api";
import { listApis } from "@/server/services/api/list-apis";
import { undoEdit } from "@/server/services/api/move-in-history";
import { getStage } from "@/server/services/stage/get-stage";
import { deploymentMarks } from "@/server/services/stage/metrics/deployment-marks";
import { rollBackStage } from "@/server/services/stage/roll-back-stage";
import { createTestApi, deployTestApi, mockGet, type TestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { compareDeployments } from "./compare-deployments";
import { createDeployment } from "./create-deployment";
import { deleteDeployment } from "./delete-deployment";
import { downloadDeployment } from "./download-deployment";
import { listDeployments } from "./list-deployments";
import { previewDeployment } from "./preview-deployment";

let workspace: TestWorkspace;
let api: TestApi;

beforeAll(async () => {
  workspace = await createTestWorkspace();
});

async function addCats(): Promise<number> {
  const { revision } = await getApi(workspace.owner, { apiId: api.apiId });
  const edits = mockGet({ rootId: api.rootId, id: "cats", pathPart: "cats" });
  return (await editApi(workspace.owner, { apiId: api.apiId, revision, edits })).revision;
}

describe("deploying", () => {
  beforeAll(async () => {
    api = await createTestApi(workspace.owner, "Deploying");
  });

  it("makes the stage with its variables and tells the data planes in the same breath", async () => {
    const { apiId, revision } = api;
    const variables = { backend: "localhost:9000" };
    const deployed = await createDeployment(workspace.owner, {
      apiId,
      stageName: "dev",
      revision,
      variables,
    });
    expect(deployed).toMatchObject({ number: 1, stageName: "dev" });
    expect(deployed.invokeUrl).toMatch(new RegExp(`/${apiId}/dev$`));
    const change = await database().configChange.findUniqueOrThrow({
      where: { id: BigInt(deployed.configChangeId) },
    });
    expect(change).toMatchObject({ kind: "stage", subject: `${apiId}/dev` });
    const stage = await getStage(workspace.owner, { apiId, stageName: "dev" });
    expect(stage.config).toMatchObject({ stageName: "dev", variables });
    expect(stage).toMatchObject({ inSync: true, deployment: { number: 1 } });
    expect(stage.events).toMatchObject([{ kind: "deployed", deploymentNumber: 1, actorName: "Test owner" }]);
  });

  it("previews what would change and knows by the hash that nothing would", async () => {
    const { apiId } = api;
    const same = await previewDeployment(workspace.owner, { apiId, stageName: "dev" });
    expect(same).toMatchObject({ sameAsLive: true, liveNumber: 1, changes: [] });
    await addCats();
    const changed = await previewDeployment(workspace.owner, { apiId, stageName: "dev" });
    expect(changed).toMatchObject({ sameAsLive: false, liveNumber: 1 });
    expect(changed.changes.some((change) => change.kind === "added" && change.path.includes("/cats"))).toBe(
      true,
    );
    const first = await previewDeployment(workspace.owner, { apiId, stageName: "unheard-of" });
    expect(first).toMatchObject({ sameAsLive: false, liveNumber: null });
    expect(first.changes.length).toBeGreaterThan(changed.changes.length);
  });

  it("shows a stage as out of step until it serves the draft, and in step again after an undo", async () => {
    const inSync = async () => {
      const { stages } = await getApi(workspace.owner, { apiId: api.apiId });
      return stages.map((stage) => [stage.name, stage.deploymentNumber, stage.inSync]);
    };
    expect(await inSync()).toEqual([["dev", 1, false]]);
    const { revision } = await getApi(workspace.owner, { apiId: api.apiId });
    await undoEdit(workspace.owner, { apiId: api.apiId, revision });
    expect(await inSync()).toEqual([["dev", 1, true]]);
    const [listed] = await listApis(workspace.owner);
    expect(listed).toMatchObject({ name: "Deploying", resourceCount: 2, methodCount: 1 });
    expect(listed?.stages).toMatchObject([{ name: "dev", inSync: true }]);
  });

  it("numbers deployments one after the other, keeps each as it was and counts its changes", async () => {
    await addCats();
    await deployTestApi(workspace.owner, api.apiId, "dev");
    await deployTestApi(workspace.owner, api.apiId, "prod");
    const list = await listDeployments(workspace.owner, { apiId: api.apiId });
    expect(list.map((one) => [one.number, one.liveOn])).toEqual([
      [3, ["prod"]],
      [2, ["dev"]],
      [1, []],
    ]);
    expect(list.map((one) => one.changes > 0)).toEqual([false, true, true]);
    expect(list.map((one) => one.changeSummary?.added)).toEqual([0, list[1]?.changes, list[2]?.changes]);
    const [, second, first] = list;
    const ids = { apiId: api.apiId, fromId: first?.id ?? "", toId: second?.id ?? "" };
    const changes = await compareDeployments(workspace.owner, ids);
    expect(changes.length).toBeGreaterThan(0);
    expect(await compareDeployments(workspace.owner, { ...ids, fromId: ids.toId, toId: "draft" })).toEqual(
      [],
    );
  });

  it("gives out what it froze as a file, and goes when nothing serves it", async () => {
    const { apiId } = api;
    const [third, , first] = await listDeployments(workspace.owner, { apiId });
    const name = { apiId, deploymentId: first?.id ?? "" };
    const snapshot = await downloadDeployment(workspace.owner, { ...name, as: "snapshot" });
    expect(snapshot.filename).toBe("deploying-1-snapshot.json");
    expect(JSON.parse(snapshot.content)).toMatchObject({ name: "Deploying", formatVersion: 1 });
    const openapi = await downloadDeployment(workspace.owner, { ...name, as: "openapi" });
    expect(Object.keys(JSON.parse(openapi.content).paths)).toEqual(["/pets"]);
    const served = deleteDeployment(workspace.owner, { apiId, deploymentId: third?.id ?? "" });
    await expect(served).rejects.toMatchObject({ code: "CONFLICT", details: { stages: ["prod"] } });
  });

  it("rolls a stage back to a deployment by moving the pointer only", async () => {
    const { apiId } = api;
    const before = await listDeployments(workspace.owner, { apiId });
    const first = before.find((one) => one.number === 1);
    const back = await rollBackStage(workspace.owner, {
      apiId,
      stageName: "dev",
      deploymentId: first?.id ?? "",
    });
    expect(back.number).toBe(1);
    const stage = await getStage(workspace.owner, { apiId, stageName: "dev" });
    expect(stage.deployment).toMatchObject({ number: 1, hash: first?.hash });
    expect(stage.config.variables).toEqual({ backend: "localhost:9000" });
    expect(stage.events.map((event) => event.kind)).toEqual(["rolled-back", "deployed", "deployed"]);
    expect(await listDeployments(workspace.owner, { apiId })).toHaveLength(before.length);
  });

  it("refuses a draft that moved on since its preview", async () => {
    const { revision } = await getApi(workspace.owner, { apiId: api.apiId });
    const input = { apiId: api.apiId, stageName: "dev", revision: revision - 1 };
    await expect(createDeployment(workspace.owner, input)).rejects.toMatchObject({
      code: "CONFLICT",
      details: { revision },
    });
  });

  it("refuses a draft with errors, naming all of them, and leaves everything as it was", async () => {
    const broken = await createTestApi(workspace.owner, "Broken");
    const { apiId } = broken;
    const edits = [{ name: "delete-integration", input: { resourceId: "pets", httpMethod: "GET" } }];
    const { revision } = await editApi(workspace.owner, { apiId, revision: broken.revision, edits });
    const refusal = await createDeployment(workspace.owner, { apiId, stageName: "dev", revision }).catch(
      (e) => e,
    );
    expect(refusal).toMatchObject({ code: "INVALID" });
    const { problems } = await previewDeployment(workspace.owner, { apiId });
    expect(problems.some((problem) => problem.severity === "error")).toBe(true);
    expect(refusal.details).toEqual({ problems });
    expect(await listDeployments(workspace.owner, { apiId })).toEqual([]);
    expect((await getApi(workspace.owner, { apiId })).stages).toEqual([]);
  });

  it("lets AWS's clients deploy a template that does not parse, as AWS does, and nobody else", async () => {
    const { apiId, revision: before } = await createTestApi(workspace.owner, "Unparsed");
    const requestTemplates = { "application/json": "#if(" };
    const integration = { type: "MOCK", requestTemplates };
    const input = { resourceId: "pets", httpMethod: "GET", integration };
    const { revision } = await editApi(workspace.owner, {
      apiId,
      revision: before,
      edits: [{ name: "put-integration", input }],
    });
    const deploy = { apiId, stageName: "dev", revision };
    await expect(createDeployment(workspace.owner, deploy)).rejects.toMatchObject({ code: "INVALID" });
    const viaAws = { ...workspace.owner, channel: "aws" as const };
    expect((await createDeployment(viaAws, deploy)).number).toBe(1);
  });

  it("keeps numbers apart when two deploy at once", async () => {
    const twice = await createTestApi(workspace.owner, "Twice");
    const deployed = await Promise.all([
      deployTestApi(workspace.owner, twice.apiId, "a"),
      deployTestApi(workspace.owner, twice.apiId, "b"),
    ]);
    expect(deployed.map((one) => one.number).sort()).toEqual([1, 2]);
  });

  it("gives a deleted deployment's number to no other, and its history keeps the number", async () => {
    const { apiId } = await createTestApi(workspace.owner, "Deleted");
    const stage = { apiId, stageName: "dev" };
    const first = await deployTestApi(workspace.owner, apiId, "dev");
    const second = await deployTestApi(workspace.owner, apiId, "dev");
    await rollBackStage(workspace.owner, { ...stage, deploymentId: first.deploymentId });
    await deleteDeployment(workspace.owner, { apiId, deploymentId: second.deploymentId });
    const { events } = await getStage(workspace.owner, stage);
    expect(events.map(({ deploymentId, deploymentNumber }) => [deploymentId, deploymentNumber])).toEqual([
      [first.deploymentId, 1],
      [null, 2],
      [first.deploymentId, 1],
    ]);
    const range = { fromMs: Date.now() - 60_000, toMs: Date.now() + 60_000 };
    const marks = await deploymentMarks({ apiId, stage: null }, range);
    expect(marks.map(({ deploymentNumber }) => deploymentNumber)).toEqual([1, 2, 1]);
    const { updatedAt } = await database().api.findUniqueOrThrow({ where: { id: apiId } });
    expect((await deployTestApi(workspace.owner, apiId, "dev")).number).toBe(3);
    const list = await listDeployments(workspace.owner, { apiId });
    expect(list.map(({ number, baseNumber }) => [number, baseNumber])).toEqual([
      [3, 1],
      [1, null],
    ]);
    // That is when the draft changed.
    expect((await database().api.findUniqueOrThrow({ where: { id: apiId } })).updatedAt).toEqual(updatedAt);
  });
});
