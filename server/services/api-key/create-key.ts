import { recordConfigChange } from "@/server/db/notify";
import { apiKeyBox } from "@/server/db/secret-box";
import { isUniqueViolation } from "@/server/db/transaction";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { newId, newSecret } from "@/server/services/new-id";
import { findPlan, lockPlanTies } from "@/server/services/usage-plan/find-plan";
import { refuseSecondPlan } from "@/server/services/usage-plan/refuse-second-plan";
import { write } from "@/server/services/write";
import { sha256 } from "@/server/toolkit/sha256";
import { findKey } from "./find-key";
import { type KeyView, keyViews } from "./key-view";

export type CreateKeyInput = {
  name: string;
  description?: string;
  customerId?: string;
  planIds: string[];
  /** 20 to 128 letters and digits; made up if absent. */
  value?: string;
  /** True if absent. */
  enabled?: boolean;
};

/** Makes an API key. The console shows `value` this once and never again. */
export async function createKey(
  actor: Actor,
  input: CreateKeyInput,
  now: Date = new Date(),
): Promise<{ key: KeyView; value: string }> {
  authorize(actor, "key:write");
  const value = input.value ?? newSecret();
  requireKeyValue(value);
  const keyId = newId(10);
  const row = await write(actor, async (tx, emit) => {
    await lockPlanTies(tx, actor);
    await tx.apiKey
      .create({
        data: {
          id: keyId,
          workspaceId: actor.workspaceId,
          name: input.name,
          description: input.description ?? "",
          customerId: input.customerId || null,
          enabled: input.enabled ?? true,
          valueHash: sha256(value),
          valueHint: value.slice(-4),
          valueCipher: apiKeyBox().seal(value, keyId),
          actorName: actor.name,
        },
        select: { id: true },
      })
      .catch((error) => {
        if (!isUniqueViolation(error)) throw error;
        throw new ServiceError("CONFLICT", "There is an API key with this value already", {
          fieldPath: "value",
        });
      });
    for (const planId of new Set(input.planIds)) {
      const plan = await findPlan(actor, planId, tx);
      await refuseSecondPlan(tx, { planId: plan.id, keyIds: [keyId] });
      await tx.usagePlanKey.create({ data: { planId: plan.id, keyId } });
    }
    await recordConfigChange(tx, { kind: "key", subject: keyId });
    await emit({ type: "key.created", subject: input.name, detail: { keyId, planIds: input.planIds } });
    return findKey(actor, keyId, tx);
  });
  const [key] = await keyViews([row], now);
  return { key: key as KeyView, value };
}

function requireKeyValue(value: string): void {
  if (/^[A-Za-z0-9]{20,128}$/.test(value)) return;
  throw new ServiceError("INVALID", "The value of an API key is 20 to 128 letters and digits", {
    fieldPath: "value",
  });
}
