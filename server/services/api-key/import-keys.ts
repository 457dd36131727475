import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { newSecret } from "@/server/services/new-id";
import { lockPlanTies } from "@/server/services/usage-plan/find-plan";
import { write } from "@/server/services/write";
import { sha256 } from "@/server/toolkit/sha256";
import { insertKey, joinPlan, KEY_VALUE } from "./create-key";

export type ImportedKey = {
  /** Of the file, from 1. */
  line: number;
  name: string;
  description: string;
  enabled: boolean;
  /** Made up if it is empty. */
  value: string;
  planIds: readonly string[];
};

/**
 * Makes the keys of a list, all in one transaction. What cannot be made (a value that is no value or is taken, a plan
 * that is not there or cannot take the key) is left out with a warning; with `failOnWarnings` nothing is made then.
 */
export async function importKeys(
  actor: Actor,
  { keys, failOnWarnings }: { keys: readonly ImportedKey[]; failOnWarnings: boolean },
): Promise<{ ids: string[]; warnings: string[] }> {
  authorize(actor, "key:write");
  return write(actor, async (tx, emit) => {
    await lockPlanTies(tx, actor);
    const ids: string[] = [];
    const warnings: string[] = [];
    const taken = await takenValues(tx, keys);
    for (const { line, planIds, ...key } of keys) {
      const value = key.value || newSecret();
      const hash = sha256(value);
      const fault = KEY_VALUE.test(value)
        ? taken.has(hash) && "there is an API key with this value already"
        : "the value of an API key is 20 to 128 letters and digits";
      if (fault) {
        warnings.push(`Line ${line}: ${fault}`);
        continue;
      }
      taken.add(hash);
      const keyId = await insertKey(actor, { ...key, value, planIds: [...planIds] }, { tx, emit });
      ids.push(keyId);
      for (const planId of new Set(planIds)) {
        const refusal = await joinPlan(actor, { planId, keyId }, tx).catch(refusalOf);
        if (refusal) warnings.push(`Line ${line}: usage plan ${planId}: ${refusal}`);
      }
    }
    // Thrown inside of the transaction: it takes back what was made.
    if (failOnWarnings && warnings.length > 0) throw new ServiceError("INVALID", warnings.join("; "));
    return { ids, warnings };
  });
}

async function takenValues(tx: Transaction, keys: readonly ImportedKey[]): Promise<Set<string>> {
  const hashes = keys.flatMap(({ value }) => (value ? [sha256(value)] : []));
  const rows = await tx.apiKey.findMany({
    where: { valueHash: { in: hashes } },
    select: { valueHash: true },
  });
  return new Set(rows.map(({ valueHash }) => valueHash));
}

/** The checks of a plan only read: the transaction goes on after one that refuses. */
function refusalOf(error: unknown): string {
  if (error instanceof ServiceError) return error.message;
  throw error;
}
