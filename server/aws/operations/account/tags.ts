import { type Call, type Handlers, handler } from "@/server/aws/call";
import { notFound } from "@/server/aws/protocol/aws-error";
import { pathOfArn, readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { ServiceError } from "@/server/domain/errors";
import { findApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";

type ArnInput = { resourceArn: string };

export const tagHandlers: Handlers = {
  GetTags: handler<ArnInput>(async (call) => {
    const path = await taggedPath(call);
    return { tags: await readTags(call, path) };
  }),

  TagResource: handler<ArnInput & { tags: Tags }>(async (call) => {
    const path = await taggedPath(call);
    await writeTags(call, path, { ...(await readTags(call, path)), ...call.input.tags });
  }),

  UntagResource: handler<ArnInput & { tagKeys: string[] }>(async (call) => {
    const path = await taggedPath(call);
    const kept = Object.entries(await readTags(call, path)).filter(
      ([key]) => !call.input.tagKeys.includes(key),
    );
    await writeTags(call, path, Object.fromEntries(kept));
  }),
};

/** The path of what is tagged; 404 for an API or a stage that is not there. */
async function taggedPath(call: Call<ArnInput>): Promise<string> {
  authorize(call.actor, "api:read");
  const path = pathOfArn(call.input.resourceArn);
  const [, kind, apiId = "", part, stageName = ""] = path.split("/");
  if (kind !== "restapis") return path;
  try {
    if (part === "stages") await findStage(call.actor, { apiId, stageName });
    else await findApi(call.actor, apiId);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "NOT_FOUND") throw error;
    throw notFound(`Invalid API identifier specified ${call.accountId}:${apiId}`);
  }
  return path;
}
