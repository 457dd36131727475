import { type Handlers, handler } from "@/server/aws/call";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { importKeys } from "@/server/services/api-key/import-keys";
import { readKeyFile } from "./key-file";

const MAX_KEYS = 2_000;

export const importApiKeysHandlers: Handlers = {
  ImportApiKeys: handler<{ body: string; failonwarnings?: boolean }>(async ({ actor, input }) => {
    const keys = readKeyFile(input.body);
    if (keys.length > MAX_KEYS) throw badRequest(`An API key file has at most ${MAX_KEYS} keys`);
    return importKeys(actor, { keys, failOnWarnings: input.failonwarnings ?? false });
  }),
};
