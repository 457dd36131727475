import { type Call, type Handlers, handler, type PatchInput } from "@/server/aws/call";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { textRule } from "@/server/aws/patch/patch-rules";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { present } from "@/server/aws/views/present";
import { putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, type StoredKey } from "@/server/services/stored-resource/stored-resource";

type Account = { cloudwatchRoleArn: string | null; features: string[] };

const KEY: StoredKey = { kind: "account", id: "account" };

const ACCOUNT_PATCH: PatchTable<Account> = {
  wording: PLAIN_WORDING,
  rules: [
    textRule("cloudwatchRoleArn", null),
    {
      path: "/features",
      ops: ["add", "remove"],
      apply: (account, { op, value = "" }) => {
        if (op === "remove" && value === "UsagePlans") {
          throw badRequest("Usage Plans cannot be disabled once enabled");
        }
        const others = account.features.filter((feature) => feature !== value);
        account.features = op === "add" ? [...others, value] : others;
      },
    },
  ],
};

export const accountHandlers: Handlers = {
  GetAccount: handler(async (call) => accountView(await readAccount(call))),

  UpdateAccount: handler<PatchInput>(async (call) => {
    const account = applyPatch(ACCOUNT_PATCH, await readAccount(call), call.input.patchOperations);
    await putStored(call.actor, KEY, account);
    return accountView(account);
  }),
};

async function readAccount(call: Call<unknown>): Promise<Account> {
  const stored = await getStored(call.actor, KEY);
  return { cloudwatchRoleArn: null, features: ["UsagePlans"], ...stored?.document };
}

function accountView({ cloudwatchRoleArn, features }: Account) {
  return {
    cloudwatchRoleArn: present(cloudwatchRoleArn),
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features,
    apiKeyVersion: "4",
  };
}
