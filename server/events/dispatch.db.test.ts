import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { transaction } from "@/server/db/transaction";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { dispatchEvents } from "./dispatch";
import { publish } from "./outbox";

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await createTestWorkspace();
});

const audited = () =>
  database().auditEntry.findMany({ where: { workspaceId: workspace.id }, orderBy: { id: "asc" } });

describe("the outbox", () => {
  it("keeps nothing of a transaction that failed", async () => {
    const failing = transaction(async (tx) => {
      await publish(tx, workspace.owner, { type: "test.lost", subject: "lost" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await dispatchEvents();
    expect(await audited()).toEqual([]);
  });

  it("hands every event over exactly once, however many dispatch, even those a crash left behind", async () => {
    const subjects = Array.from({ length: 150 }, (_, i) => `event ${i}`);
    await transaction(async (tx) => {
      for (const subject of subjects) await publish(tx, workspace.owner, { type: "test.happened", subject });
    });
    await Promise.all([dispatchEvents(), dispatchEvents(), dispatchEvents()]);
    await dispatchEvents();
    const rows = await audited();
    expect(rows.map((row) => row.subject).toSorted()).toEqual(subjects.toSorted());
    expect(rows[0]).toMatchObject({ action: "test.happened", actorName: "Test owner", channel: "console" });
  });
});
