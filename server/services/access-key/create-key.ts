import { randomBytes, randomInt } from "node:crypto";
import { recordConfigChange } from "@/server/db/notify";
import { accessKeyBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";
import type { Role } from "@/server/domain/permissions";
import { requireStorable } from "@/server/services/api/save-definition";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { type IamPolicy, requirePolicy } from "./iam-policy";

export type NewAccessKey = { accessKeyId: string; secretAccessKey: string };

/**
 * Makes an access key for AWS's clients, with a role of its own. The secret is returned this once. `policy` says what
 * the key may call on methods with AWS_IAM authorization.
 */
export async function createAccessKey(
  actor: Actor,
  input: { name: string; role: Role; policy?: IamPolicy | null },
): Promise<NewAccessKey> {
  authorize(actor, "token:write");
  const policy = requirePolicy(input.policy);
  const accessKeyId = newAccessKeyId();
  const secretAccessKey = randomBytes(30).toString("base64");
  await write(actor, async (tx, emit) => {
    await tx.accessKey.create({
      data: {
        id: accessKeyId,
        workspaceId: actor.workspaceId,
        name: input.name,
        role: input.role,
        secretCipher: accessKeyBox().seal(secretAccessKey, accessKeyId),
        ...(policy ? { policy: requireStorable(policy) } : {}),
      },
      select: { id: true },
    });
    await recordConfigChange(tx, { kind: "access-key", subject: accessKeyId });
    await emit({
      type: "access-key.created",
      subject: input.name,
      detail: { accessKeyId, role: input.role },
    });
  });
  return { accessKeyId, secretAccessKey };
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function newAccessKeyId(): string {
  return `AKIA${Array.from({ length: 16 }, () => BASE32[randomInt(BASE32.length)]).join("")}`;
}
