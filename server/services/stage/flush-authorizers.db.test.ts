import { describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace } from "@/server/testing/test-workspace";
import { flushAuthorizers } from "./flush-authorizers";

describe("flushing a stage's authorizers", () => {
  it("tells the gateways, and only who may change the stage can", async () => {
    const workspace = await createTestWorkspace();
    const { apiId } = await createTestApi(workspace.owner);
    const { stageName } = await deployTestApi(workspace.owner, apiId);
    await flushAuthorizers(workspace.owner, { apiId, stageName });
    const where = { kind: "authorizer-cache", subject: `${apiId}/${stageName}` };
    expect(await database().configChange.count({ where })).toBe(1);
    const viewer = workspace.actor("viewer");
    await expect(flushAuthorizers(viewer, { apiId, stageName })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(flushAuthorizers(workspace.owner, { apiId, stageName: "none" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
