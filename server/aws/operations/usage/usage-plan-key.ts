import { type Call, type Handlers, handler, type PageInput } from "@/server/aws/call";
import { badRequest, notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { type KeyRecord, readKeys, readKeyValues } from "@/server/services/api-key/read-keys";
import { attachKey, detachKey } from "@/server/services/usage-plan/attach-key";
import { requireKey } from "./api-key";
import { requirePlan } from "./usage-plan";

type PlanInput = { usagePlanId: string };
type PlanKeyInput = PlanInput & { keyId: string };

export const usagePlanKeyHandlers: Handlers = {
  CreateUsagePlanKey: handler<PlanKeyInput & { keyType: string }>(async (call) => {
    const { usagePlanId: planId, keyId, keyType } = call.input;
    if (keyType !== "API_KEY") throw badRequest("Invalid key type specified. Valid options are API_KEY");
    await requirePlan(call, planId);
    const key = await requireKey(call, keyId);
    await attachKey(call.actor, { planId, keyId });
    return viewOf(call, key);
  }),

  // As recorded: a plan that is not there has no keys, which is no error.
  GetUsagePlanKeys: handler<PlanInput & PageInput & { name?: string }>(async (call) => {
    const { usagePlanId: planId, name: namePrefix } = call.input;
    const { item, ...page } = pageOf(await readKeys(call.actor, { planId, namePrefix }), call.input);
    const values = await readKeyValues(
      call.actor,
      item.map(({ id }) => id),
    );
    return { item: item.map((key) => planKeyView(key, values.get(key.id))), ...page };
  }),

  GetUsagePlanKey: handler<PlanKeyInput>(async (call) => viewOf(call, await requirePlanKey(call))),

  DeleteUsagePlanKey: handler<PlanKeyInput>(async (call) => {
    const { usagePlanId: planId, keyId } = call.input;
    await requirePlanKey(call);
    await detachKey(call.actor, { planId, keyId });
  }),
};

/** The key, if it is in the plan; otherwise AWS's 404. */
export async function requirePlanKey(call: Call<PlanKeyInput>): Promise<KeyRecord> {
  const { usagePlanId: planId, keyId: id } = call.input;
  await requirePlan(call, planId);
  const [key] = await readKeys(call.actor, { id, planId });
  if (!key) throw notFound("Invalid API Key identifier specified");
  return key;
}

async function viewOf(call: Call<unknown>, key: KeyRecord) {
  const values = await readKeyValues(call.actor, [key.id]);
  return planKeyView(key, values.get(key.id));
}

function planKeyView({ id, name }: KeyRecord, value: string | undefined) {
  return { id, type: "API_KEY", value, name: name || undefined };
}
