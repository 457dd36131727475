import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { findPlan, PLAN_PARTS } from "./find-plan";
import { type PlanView, planView } from "./plan-view";

/** The usage plans of the workspace by name, with the stages they cover and how many keys they have. */
export async function listPlans(actor: Actor): Promise<PlanView[]> {
  authorize(actor, "plan:read");
  const rows = await database().usagePlan.findMany({
    where: { workspaceId: actor.workspaceId },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: PLAN_PARTS,
  });
  return rows.map(planView);
}

/** One usage plan. */
export async function getPlan(actor: Actor, input: { planId: string }): Promise<PlanView> {
  authorize(actor, "plan:read");
  return planView(await findPlan(actor, input.planId));
}
