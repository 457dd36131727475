import type { ApiDefinition } from "@/server/domain/definition";
import type { EditCall } from "@/server/domain/edits/apply-edits";
import { findMethod, type MethodKey } from "@/server/domain/edits/find-entity";
import { ServiceError } from "@/server/domain/errors";
import type { HttpMethod } from "@/server/gateway/snapshot/method";
import { editLatest } from "@/server/services/api/edit-latest";
import { type ApiRow, findApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import type { ApiInput, Call, MethodInput } from "./call";
import { AwsError, type AwsErrorCode } from "./protocol/aws-error";

/** What AWS says of an API that is not there: it differs by operation. */
export type UnknownApi = (call: Call<ApiInput>) => AwsError;

const unknown =
  (code: AwsErrorCode, message: string): UnknownApi =>
  () =>
    new AwsError(code, message);

export const UNKNOWN_API: UnknownApi = ({ accountId, input }) =>
  new AwsError("NotFoundException", `Invalid API identifier specified ${accountId}:${input.restApiId}`);
export const UNKNOWN_RESOURCE = unknown("NotFoundException", "Invalid Resource identifier specified");
export const unknownAs = unknown;

/** The draft of the call's API, for operations that read. */
export async function readDraft(call: Call<ApiInput>, refusal: UnknownApi = UNKNOWN_API): Promise<ApiRow> {
  authorize(call.actor, "api:read");
  return orRefuse(call, refusal, () => findApi(call.actor, call.input.restApiId));
}

/** Changes the draft of the call's API by the console's own edits, which `edits` works out from it as it is. */
export async function editDraft(
  call: Call<ApiInput>,
  edits: (definition: ApiDefinition) => readonly EditCall[],
  refusal: UnknownApi = UNKNOWN_API,
): Promise<ApiRow> {
  return orRefuse(call, refusal, () =>
    editLatest(call.actor, { apiId: call.input.restApiId, edits: ({ definition }) => edits(definition) }),
  );
}

/** The method a call is about. A verb that is none finds nothing. */
export function keyOf(call: Call<MethodInput>): MethodKey {
  return { resourceId: call.input.resourceId, httpMethod: call.input.httpMethod as HttpMethod };
}

/** As editDraft, for calls about a method that must be there. */
export async function editMethod(
  call: Call<MethodInput>,
  edits: (definition: ApiDefinition) => readonly EditCall[],
): Promise<ApiRow> {
  return editDraft(
    call,
    (definition) => {
      findMethod(definition, keyOf(call));
      return edits(definition);
    },
    UNKNOWN_RESOURCE,
  );
}

/** What a service does with the call's API, where "there is no such API" is said in AWS's words. */
export async function orRefuse<Result>(
  call: Call<ApiInput>,
  refusal: UnknownApi,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServiceError && error.code === "NOT_FOUND") throw refusal(call);
    throw error;
  }
}
