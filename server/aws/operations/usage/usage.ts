import { type Call, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { integerOf } from "@/server/aws/patch/patch-rules";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { readKeys } from "@/server/services/api-key/read-keys";
import { setRemaining } from "@/server/services/usage-plan/set-remaining";
import { usageByDay } from "@/server/services/usage-plan/usage-by-day";
import { requirePlan } from "./usage-plan";
import { requirePlanKey } from "./usage-plan-key";

type PlanInput = { usagePlanId: string };
type Days = { startDate: string; endDate: string };

const DAY_MS = 86_400_000;
const MAX_DAYS = 90;
const REMAINING = "Invalid remaining quota specified: it must be a whole number of zero or more";
/** What stands for "remaining" where a plan has no quota. */
const NO_QUOTA = -1;

const USAGE_PATCH: PatchTable<{ remaining: number | null }> = {
  wording: PLAIN_WORDING,
  rules: [
    {
      path: "/remaining",
      ops: ["replace"],
      apply: (usage, { value }) => {
        usage.remaining = integerOf(value, REMAINING);
        if (usage.remaining < 0) throw badRequest(REMAINING);
      },
    },
  ],
};

export const usageHandlers: Handlers = {
  GetUsage: handler<PlanInput & Days & PageInput & { keyId?: string }>(async (call) => {
    const { usagePlanId: planId, keyId: id, startDate, endDate } = call.input;
    await requirePlan(call, planId);
    const keys = await readKeys(call.actor, { id, planId });
    const { item, ...page } = pageOf(keys, call.input);
    const keyIds = item.map(({ id }) => id);
    return { ...(await usageView(call, { planId, keyIds, startDate, endDate })), ...page };
  }),

  UpdateUsage: handler<PlanInput & { keyId: string } & PatchInput>(async (call) => {
    const { usagePlanId: planId, keyId, patchOperations } = call.input;
    await requirePlanKey(call);
    const { remaining } = applyPatch(USAGE_PATCH, { remaining: null }, patchOperations);
    if (remaining !== null) await setRemaining(call.actor, { planId, keyId, remaining });
    const today = new Date().toISOString().slice(0, 10);
    return usageView(call, { planId, keyIds: [keyId], startDate: today, endDate: today });
  }),
};

async function usageView(
  call: Call<unknown>,
  { planId, keyIds, ...days }: Days & { planId: string; keyIds: string[] },
) {
  const firstMs = dayOf("start", days.startDate);
  const lastMs = dayOf("end", days.endDate);
  if (lastMs < firstMs) throw badRequest("Invalid date range: the end date is before the start date");
  if (lastMs - firstMs >= MAX_DAYS * DAY_MS)
    throw badRequest(`Invalid date range: at most ${MAX_DAYS} days can be asked for`);
  const usage = await usageByDay(call.actor, { planId, keyIds, firstMs, lastMs });
  const values = [...usage].map(([keyId, list]) => [
    keyId,
    list.map(({ used, remaining }) => [used, remaining ?? NO_QUOTA]),
  ]);
  return { usagePlanId: planId, ...days, values: Object.fromEntries(values) };
}

/** The first moment of a UTC day. */
function dayOf(which: string, date: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // 30 February is read as a day in March.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date)
    throw badRequest(`Invalid ${which} date specified: ${date}. It must be yyyy-MM-dd`);
  return ms;
}
