import { beforeAll, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { createKey } from "@/server/services/api-key/create-key";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { createPlan } from "./create-plan";
import { whatIf } from "./what-if";

const NOW = new Date("2026-03-10T12:00:00Z");
let workspace: TestWorkspace;
let planId: string;
const keyIds: Record<string, string> = {};

beforeAll(async () => {
  workspace = await createTestWorkspace("What if");
  const { owner } = workspace;
  ({ planId } = await createPlan(owner, { name: "Free", quota: { limit: 100, period: "MONTH" } }));
  for (const name of ["Busy", "Quiet", "Unused", "Gone"]) {
    const planIds = name === "Gone" ? [] : [planId];
    keyIds[name] = (await createKey(owner, { name, planIds })).key.id;
  }
  const day = (name: string, date: string, count: number) => ({
    planId,
    keyId: keyIds[name] as string,
    day: new Date(`${date}T00:00:00Z`),
    count,
  });
  await database().usageDay.createMany({
    data: [
      day("Busy", "2026-02-01", 40),
      day("Busy", "2026-02-20", 60),
      day("Busy", "2026-03-02", 30),
      day("Quiet", "2026-03-03", 5),
      day("Gone", "2026-03-03", 500),
      day("Busy", "2026-01-31", 90),
    ],
  });
});

it("tells which of the plan's keys another quota would have hit, from the beginning of its first period", async () => {
  const quota = { limit: 50, period: "MONTH" as const };
  expect(await whatIf(workspace.actor("viewer"), { planId, quota, days: 14 }, NOW)).toEqual({
    from: new Date("2026-02-01T00:00:00Z"),
    keyCount: 3,
    keysUsed: 2,
    keysHit: 1,
    count: 135,
    refused: 50,
    keysAtLimit: 1,
    keys: [
      {
        keyId: keyIds.Busy,
        name: "Busy",
        customerId: null,
        count: 130,
        refused: 50,
        periodsHit: 1,
        firstHitMs: Date.UTC(2026, 1, 20),
      },
    ],
  });
});

it("takes the history for whole where the present quota only counts", async () => {
  const { owner } = workspace;
  const quota = { limit: 1, period: "MONTH" as const, shadow: true };
  const shadowed = await createPlan(owner, { name: "Shadowed", quota });
  const { key } = await createKey(owner, { name: "Watched", planIds: [shadowed.planId] });
  await database().usageDay.create({
    data: { planId: shadowed.planId, keyId: key.id, day: new Date("2026-03-02T00:00:00Z"), count: 9 },
  });
  const input = { planId: shadowed.planId, quota, days: 14 };
  expect(await whatIf(owner, input, NOW)).toMatchObject({ keysHit: 1, refused: 8, keysAtLimit: 0 });
});

it("tells that no quota hits nobody, and how many keys the present one held back", async () => {
  expect(await whatIf(workspace.owner, { planId, quota: null, days: 40 }, NOW)).toMatchObject({
    keysHit: 0,
    keysAtLimit: 1,
    keys: [],
  });
});
