import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { hashDefinition } from "@/server/domain/hash-definition";
import { createTestApi, mockGet, type TestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { listAudit } from "../audit/list-audit";
import { editApi } from "./edit-api";
import { getApi } from "./get-api";
import { listHistory } from "./list-history";
import { redoEdit, undoEdit } from "./move-in-history";

let workspace: TestWorkspace;
let api: TestApi;

beforeAll(async () => {
  workspace = await createTestWorkspace();
});

describe("editing a draft", () => {
  beforeAll(async () => {
    api = await createTestApi(workspace.owner, "Editing");
  });

  const edit = (revision: number, pathPart: string) =>
    editApi(workspace.owner, {
      apiId: api.apiId,
      revision,
      edits: [{ name: "create-resource", input: { id: pathPart, parentId: api.rootId, pathPart } }],
    });

  it("keeps the definition under the hash it reports", async () => {
    const saved = await edit(api.revision, "dogs");
    expect(saved.revision).toBe(api.revision + 1);
    const draft = await getApi(workspace.owner, { apiId: api.apiId });
    expect(draft).toMatchObject({ revision: saved.revision, draftHash: saved.draftHash });
    expect(hashDefinition(draft.definition)).toBe(saved.draftHash);
    expect(Object.keys(draft.definition.resources)).toContain("dogs");
  });

  it("refuses an edit of an older revision and names the current one", async () => {
    const { revision } = await getApi(workspace.owner, { apiId: api.apiId });
    await expect(edit(revision - 1, "cats")).rejects.toMatchObject({
      code: "CONFLICT",
      details: { revision },
    });
  });

  it("lets one of two edits made at once on the same revision through", async () => {
    const { revision } = await getApi(workspace.owner, { apiId: api.apiId });
    const results = await Promise.allSettled([edit(revision, "birds"), edit(revision, "fish")]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await getApi(workspace.owner, { apiId: api.apiId })).revision).toBe(revision + 1);
  });

  it("keeps nothing of a batch whose last edit is refused", async () => {
    const before = await getApi(workspace.owner, { apiId: api.apiId });
    const edits = [
      ...mockGet({ rootId: api.rootId, id: "cows", pathPart: "cows" }),
      ...mockGet({ rootId: api.rootId, id: "cows2", pathPart: "cows" }),
    ];
    await expect(
      editApi(workspace.owner, { apiId: api.apiId, revision: before.revision, edits }),
    ).rejects.toMatchObject({ name: "EditError", code: "CONFLICT" });
    expect(await getApi(workspace.owner, { apiId: api.apiId })).toEqual(before);
  });

  it("refuses text that the database cannot hold instead of failing", async () => {
    const { revision } = await getApi(workspace.owner, { apiId: api.apiId });
    const rename = (description: string) =>
      editApi(workspace.owner, {
        apiId: api.apiId,
        revision,
        edits: [{ name: "update-api", input: { changes: { description } } }],
      });
    await expect(rename("a\u0000b")).rejects.toMatchObject({ code: "INVALID" });
    await expect(rename("half \ud800")).rejects.toMatchObject({ code: "INVALID" });
    await expect(rename("written \\u0000, whole \u{1f600}")).resolves.toMatchObject({
      revision: revision + 1,
    });
  });

  it("tells the audit log who did what", async () => {
    const { items } = await listAudit(workspace.owner, {});
    expect(items.find((row) => row.action === "api.edited")).toMatchObject({
      actorName: "Test owner",
      channel: "console",
      subject: "Editing",
    });
    const waiting = { workspaceId: workspace.id, dispatchedAt: null };
    expect(await database().outboxEvent.count({ where: waiting })).toBe(0);
  });
});

describe("undo and redo", () => {
  const add = async (pathPart: string) => {
    const { revision } = await getApi(workspace.owner, { apiId: api.apiId });
    return editApi(workspace.owner, {
      apiId: api.apiId,
      revision,
      edits: [{ name: "create-resource", input: { id: pathPart, parentId: api.rootId, pathPart } }],
    });
  };
  const move = async (to: typeof undoEdit) => {
    const { revision } = await getApi(workspace.owner, { apiId: api.apiId });
    return to(workspace.owner, { apiId: api.apiId, revision });
  };

  beforeAll(async () => {
    api = await createTestApi(workspace.owner, "Undo");
    await add("a");
    await add("b");
  });

  it("goes back and forth over the same definitions, each time as a new revision", async () => {
    const both = await getApi(workspace.owner, { apiId: api.apiId });
    const withoutB = await move(undoEdit);
    expect(withoutB).toMatchObject({ revision: both.revision + 1, label: both.undo?.label });
    expect(Object.keys(withoutB.definition.resources)).not.toContain("b");
    const withoutA = await move(undoEdit);
    expect(Object.keys(withoutA.definition.resources)).not.toContain("a");
    await move(redoEdit);
    const again = await move(redoEdit);
    expect(again.draftHash).toBe(both.draftHash);
    expect(again.revision).toBe(both.revision + 4);
    await expect(move(redoEdit)).rejects.toMatchObject({ code: "INVALID" });
  });

  it("shows undone edits as undone and forgets what could be redone at the next edit", async () => {
    await move(undoEdit);
    expect((await getApi(workspace.owner, { apiId: api.apiId })).redo).not.toBeNull();
    await add("c");
    expect((await getApi(workspace.owner, { apiId: api.apiId })).redo).toBeNull();
    const { items } = await listHistory(workspace.owner, { apiId: api.apiId });
    expect(items.map((row) => [row.label.split(" ").at(-1), row.undone])).toEqual([
      ["/c", false],
      ["/b", true],
      ["/a", false],
      expect.anything(),
    ]);
  });

  it("redoes the edit that was undone last, not one that a newer edit has replaced", async () => {
    await add("d");
    const withD = await getApi(workspace.owner, { apiId: api.apiId });
    await move(undoEdit);
    await move(undoEdit);
    await add("e");
    const withE = await getApi(workspace.owner, { apiId: api.apiId });
    expect(withE.draftHash).not.toBe(withD.draftHash);
    await move(undoEdit);
    expect((await move(redoEdit)).draftHash).toBe(withE.draftHash);
    await expect(move(redoEdit)).rejects.toMatchObject({ code: "INVALID" });
  });

  it("undoes down to the beginning and says when nothing is left", async () => {
    while ((await getApi(workspace.owner, { apiId: api.apiId })).undo) await move(undoEdit);
    const start = await getApi(workspace.owner, { apiId: api.apiId });
    expect(Object.keys(start.definition.resources)).toEqual([api.rootId]);
    await expect(move(undoEdit)).rejects.toMatchObject({
      code: "INVALID",
      message: "There is nothing to undo",
    });
  });
});
