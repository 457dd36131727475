import { tagFault } from "@/server/domain/check/tag-fault";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, listStored } from "@/server/services/stored-resource/stored-resource";
import type { Call } from "./call";
import { badRequest } from "./protocol/aws-error";

export type Tags = Record<string, string>;

/** Tags are kept by the path of what they are on (`/restapis/ID`): the region in an ARN names nothing here. */
export async function readTags(call: Call<unknown>, path: string): Promise<Tags> {
  const stored = await getStored(call.actor, { kind: "tags", id: path });
  return (stored?.document ?? {}) as Tags;
}

/** Tags of everything that has some, by path. */
export async function readAllTags(call: Call<unknown>): Promise<Map<string, Tags>> {
  const all = await listStored(call.actor, { kind: "tags" });
  return new Map(all.map(({ id, document }) => [id, document as Tags]));
}

export async function writeTags(call: Call<unknown>, path: string, tags: Tags | undefined): Promise<void> {
  if (tags === undefined) return;
  const fault = tagFault(tags);
  if (fault) throw badRequest(fault.message);
  if (Object.keys(tags).length === 0) await deleteStored(call.actor, { kind: "tags", id: path });
  else await putStored(call.actor, { kind: "tags", id: path }, tags);
}

/** `arn:aws:apigateway:REGION::/restapis/ID` without what comes before the path. */
export function pathOfArn(arn: string): string {
  const path = /^arn:[^:]+:apigateway:[^:]*:[^:]*:(\/.+)$/.exec(arn)?.[1];
  if (!path) throw badRequest(`Invalid ARN specified in the request: ${arn}`);
  return path;
}
