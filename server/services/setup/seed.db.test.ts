import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { deleteApi } from "@/server/services/api/delete-api";
import { listApis } from "@/server/services/api/list-apis";
import { listKeys } from "@/server/services/api-key/list-keys";
import { previewDeployment } from "@/server/services/deployment/preview-deployment";
import { getStage } from "@/server/services/stage/get-stage";
import { listPlans } from "@/server/services/usage-plan/list-plans";
import { useOwnDatabase } from "@/server/testing/own-database";
import { createOwner } from "./create-owner";
import { systemActor } from "./ensure-workspace";
import { seed } from "./seed";

const FILE = "pet-store.openapi.yaml";
const SAMPLE = {
  source: readFileSync(path.resolve(import.meta.dirname, "../../../prisma/seed", FILE), "utf8"),
  filename: FILE,
  backend: "127.0.0.1:8081",
  keyValue: "samplesamplesamplesample",
};
const OWNER = { email: "owner@example.com", password: "long enough" };

beforeAll(async () => {
  await useOwnDatabase();
});

async function system() {
  const { id } = await database().workspace.findFirstOrThrow();
  return systemActor(id);
}

describe("the first data", () => {
  it("is the sample, deployed to dev with a key of the Free plan, even before there is an owner", async () => {
    const result = await seed({ sample: SAMPLE });
    expect(result).toMatchObject({
      seeded: true,
      needsOwner: true,
      sample: { apiId: result.apiId, stageName: "dev", path: "/pets/adoptions" },
    });
    const actor = await system();
    const stage = await getStage(actor, { apiId: result.apiId ?? "", stageName: "dev" });
    expect(stage.config.variables).toEqual({ backend: "127.0.0.1:8081" });
    expect(stage.plans.map((plan) => plan.name)).toEqual(["Free", "Pro"]);
    const { items } = await listKeys(actor, {});
    expect(items).toMatchObject([{ name: "Sample key", plans: [{ name: "Free" }], quota: { limit: 1000 } }]);
  });

  it("deploys without a problem", async () => {
    const [api] = await listApis(await system());
    const preview = await previewDeployment(await system(), { apiId: api?.id ?? "", stageName: "dev" });
    expect(preview).toMatchObject({ sameAsLive: true, problems: [] });
  });

  it("is not put in twice, but follows the demo backend to another port", async () => {
    const again = await seed({ sample: { ...SAMPLE, backend: "127.0.0.1:9999" } });
    expect(again).toMatchObject({ seeded: false });
    const actor = await system();
    expect(await listApis(actor)).toHaveLength(1);
    expect(await listPlans(actor)).toHaveLength(2);
    const stage = await getStage(actor, { apiId: again.apiId ?? "", stageName: "dev" });
    expect(stage.config.variables).toEqual({ backend: "127.0.0.1:9999" });
  });

  it("is completed, not doubled, after a run that was interrupted", async () => {
    const actor = await system();
    await database().workspace.updateMany({ data: { seededAt: null } });
    await database().apiKey.deleteMany({});
    const result = await seed({ sample: SAMPLE });
    expect(result.sample).not.toBeNull();
    expect(await listApis(actor)).toHaveLength(1);
    expect(await listPlans(actor)).toHaveLength(2);
    expect((await listKeys(actor, {})).items).toHaveLength(1);
  });

  it("has the owner of the environment, in the workspace that the sample is in", async () => {
    const result = await seed({ owner: OWNER, sample: SAMPLE });
    expect(result.needsOwner).toBe(false);
    await seed({ owner: OWNER, sample: SAMPLE });
    const membership = await database().membership.findMany({ include: { user: true } });
    expect(membership).toMatchObject([
      { workspaceId: (await system()).workspaceId, role: "owner", user: { email: "owner@example.com" } },
    ]);
    const second = createOwner({ name: "Eve", email: "eve@example.com", password: "long enough" });
    await expect(second).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("stays deleted once somebody has deleted it", async () => {
    const actor = await system();
    const [api] = await listApis(actor);
    await deleteApi(actor, { apiId: api?.id ?? "", force: true });
    expect(await seed({ sample: SAMPLE })).toMatchObject({ seeded: false, sample: null });
    expect(await listApis(actor)).toEqual([]);
  });
});
