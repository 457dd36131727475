import { beforeAll, describe, expect, it } from "vitest";
import { createTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { getApiTags, setApiTags } from "./api-tags";
import { getApi } from "./get-api";

let owner: TestWorkspace["owner"];

beforeAll(async () => {
  ({ owner } = await createTestWorkspace());
});

describe("tags of an API", () => {
  it("are replaced as a whole and leave the draft as it is", async () => {
    const { apiId } = await createTestApi(owner, "Tagged");
    const before = await getApi(owner, { apiId });
    expect(await getApiTags(owner, { apiId })).toEqual({});
    await setApiTags(owner, { apiId, tags: { team: "pets", cost: "4711" } });
    await setApiTags(owner, { apiId, tags: { team: "dogs" } });
    expect(await getApiTags(owner, { apiId })).toEqual({ team: "dogs" });
    await setApiTags(owner, { apiId, tags: {} });
    expect(await getApiTags(owner, { apiId })).toEqual({});
    expect((await getApi(owner, { apiId })).revision).toBe(before.revision);
  });

  it("are refused as AWS refuses them, and for an API of another workspace", async () => {
    const { apiId } = await createTestApi(owner, "Refusing");
    const wrong = setApiTags(owner, { apiId, tags: { "aws:team": "pets" } });
    await expect(wrong).rejects.toMatchObject({ code: "INVALID", fieldPath: "tags" });
    const stranger = (await createTestWorkspace()).owner;
    await expect(getApiTags(stranger, { apiId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const set = setApiTags(stranger, { apiId, tags: { team: "x" } });
    await expect(set).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
