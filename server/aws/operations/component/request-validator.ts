import { type ApiInput, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { editDraft, readDraft, unknownAs } from "@/server/aws/draft";
import { applyPatch, LISTING_WORDING, type PatchTable } from "@/server/aws/patch/apply-patch";
import { booleanRule, textRule } from "@/server/aws/patch/patch-rules";
import { notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import type { ApiDefinition } from "@/server/domain/definition";
import { ownEntry } from "@/server/domain/own-entry";
import type { RequestValidator } from "@/server/gateway/snapshot/api-snapshot";
import { newId } from "@/server/services/new-id";

type ValidatorInput = ApiInput & { requestValidatorId: string };
type CreateInput = ApiInput & {
  name?: string;
  validateRequestBody?: boolean;
  validateRequestParameters?: boolean;
};

const UNKNOWN = "Invalid Request Validator identifier specified";
const UNKNOWN_VALIDATOR = unknownAs("NotFoundException", UNKNOWN);

const VALIDATOR_PATCH: PatchTable<RequestValidator> = {
  wording: LISTING_WORDING,
  rules: [textRule("name"), booleanRule("validateRequestParameters"), booleanRule("validateRequestBody")],
};

export const requestValidatorHandlers: Handlers = {
  CreateRequestValidator: handler<CreateInput>(async (call) => {
    const { name = "", validateRequestBody = false, validateRequestParameters = false } = call.input;
    const requestValidator = { id: newId(), name, validateRequestBody, validateRequestParameters };
    await editDraft(
      call,
      () => [{ name: "put-request-validator", input: { requestValidator } }],
      unknownAs("BadRequestException", "Invalid REST API identifier specified"),
    );
    return requestValidator;
  }),

  GetRequestValidators: handler<ApiInput & PageInput>(async (call) => {
    const { definition } = await readDraft(call);
    return pageOf(Object.values(definition.requestValidators), call.input);
  }),

  GetRequestValidator: handler<ValidatorInput>(async (call) => {
    const { definition } = await readDraft(call, UNKNOWN_VALIDATOR);
    return findValidator(definition, call.input.requestValidatorId);
  }),

  UpdateRequestValidator: handler<ValidatorInput & PatchInput>(async (call) => {
    const { requestValidatorId, patchOperations } = call.input;
    const { definition } = await editDraft(
      call,
      (draft) => {
        const before = findValidator(draft, requestValidatorId);
        const requestValidator = applyPatch(VALIDATOR_PATCH, before, patchOperations);
        return [{ name: "put-request-validator", input: { requestValidator } }];
      },
      UNKNOWN_VALIDATOR,
    );
    return findValidator(definition, requestValidatorId);
  }),

  DeleteRequestValidator: handler<ValidatorInput>(async (call) => {
    const { requestValidatorId: id } = call.input;
    await editDraft(call, () => [{ name: "delete-request-validator", input: { id } }], UNKNOWN_VALIDATOR);
  }),
};

function findValidator(definition: ApiDefinition, id: string): RequestValidator {
  const validator = ownEntry(definition.requestValidators, id);
  if (!validator) throw notFound(UNKNOWN);
  return validator;
}
