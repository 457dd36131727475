import { type ApiInput, type Handlers, handler } from "@/server/aws/call";
import { readDraft } from "@/server/aws/draft";
import { notFound } from "@/server/aws/protocol/aws-error";
import { authorize } from "@/server/services/authorize";
import { readStage } from "./stage-records";

const flush = handler<ApiInput & { stageName: string }>(async (call) => {
  authorize(call.actor, "stage:write");
  await readDraft(call);
  const { restApiId: apiId, stageName } = call.input;
  if (!(await readStage(call, { apiId, stageName }))) throw notFound("Invalid stage identifier specified");
});

/** Answers are not cached yet, so there is nothing to flush: the calls are taken for clients that make them. */
export const stageCacheHandlers: Handlers = { FlushStageCache: flush };
