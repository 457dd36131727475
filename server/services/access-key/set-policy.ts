import { NO_JSON } from "@/server/db/json";
import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { requireStorable } from "@/server/services/api/save-definition";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findAccessKey } from "./find-key";
import { type IamPolicy, requirePolicy } from "./iam-policy";

/** Attaches another policy to an access key, or takes the one it has away (null). */
export async function setAccessKeyPolicy(
  actor: Actor,
  input: { accessKeyId: string; policy: IamPolicy | null },
): Promise<void> {
  authorize(actor, "token:write");
  const policy = requirePolicy(input.policy);
  await write(actor, async (tx, emit) => {
    const key = await findAccessKey(actor, input.accessKeyId, tx);
    await tx.accessKey.update({
      where: { id: key.id },
      data: { policy: policy ? requireStorable(policy) : NO_JSON },
      select: { id: true },
    });
    await recordConfigChange(tx, { kind: "access-key", subject: key.id });
    await emit({ type: "access-key.policy-changed", subject: key.name, detail: { accessKeyId: key.id } });
  });
}
