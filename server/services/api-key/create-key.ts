import type { Transaction } from "@/server/db/client";
import { recordConfigChange } from "@/server/db/notify";
import { apiKeyBox } from "@/server/db/secret-box";
import { isUniqueViolation } from "@/server/db/transaction";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { newId, newSecret } from "@/server/services/new-id";
import { findPlan, lockPlanTies } from "@/server/services/usage-plan/find-plan";
import { refuseSecondPlan } from "@/server/services/usage-plan/refuse-second-plan";
import { type Emit, write } from "@/server/services/write";
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
  const row = await write(actor, async (tx, emit) => {
    await lockPlanTies(tx, actor);
    const keyId = await insertKey(actor, { ...input, value }, { tx, emit });
    for (const planId of new Set(input.planIds)) await joinPlan(actor, { planId, keyId }, tx);
    return findKey(actor, keyId, tx);
  });
  const [key] = await keyViews([row], now);
  return { key: key as KeyView, value };
}

/** Makes the key itself, in no plan yet. CONFLICT when there is one with this value; then nothing else can be written. */
export async function insertKey(
  actor: Actor,
  input: CreateKeyInput & { value: string },
  { tx, emit }: { tx: Transaction; emit: Emit },
): Promise<string> {
  const { value } = input;
  if (!KEY_VALUE.test(value)) {
    throw new ServiceError("INVALID", "The value of an API key is 20 to 128 letters and digits", {
      fieldPath: "value",
    });
  }
  const keyId = newId(10);
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
  await recordConfigChange(tx, { kind: "key", subject: keyId });
  await emit({ type: "key.created", subject: input.name, detail: { keyId, planIds: input.planIds } });
  return keyId;
}

/** Puts a new key into a plan; the caller holds the lock on the plans' ties. */
export async function joinPlan(
  actor: Actor,
  { planId, keyId }: { planId: string; keyId: string },
  tx: Transaction,
): Promise<void> {
  const plan = await findPlan(actor, planId, tx);
  await refuseSecondPlan(tx, { planId: plan.id, keyIds: [keyId] });
  await tx.usagePlanKey.create({ data: { planId: plan.id, keyId } });
}

export const KEY_VALUE = /^[A-Za-z0-9]{20,128}$/;
