import { type ApiInput, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { editDraft, readDraft } from "@/server/aws/draft";
import { applyPatch, type PatchStep, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { entryRule, textRule } from "@/server/aws/patch/patch-rules";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import type { ApiDefinition } from "@/server/domain/definition";
import {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponse,
  type GatewayResponseType,
} from "@/server/gateway/snapshot/gateway-response";

type ResponseInput = ApiInput & { responseType: GatewayResponseType };
type PutInput = ResponseInput & {
  statusCode?: string;
  responseParameters?: Record<string, string>;
  responseTemplates?: Record<string, string>;
};

const DEFAULT_TEMPLATES = { "application/json": '{"message":$context.error.messageString}' };
/** The list is never cut short by AWS's usual 25: it has 21 entries. */
const TYPES = Object.keys(GATEWAY_RESPONSE_TYPES).sort() as GatewayResponseType[];

const nonEmpty =
  (field: string) =>
  ({ value }: PatchStep) => {
    if (!value) throw badRequest(`Invalid null or empty value in ${field}`);
    return value;
  };

const GATEWAY_RESPONSE_PATCH: PatchTable<GatewayResponse> = {
  wording: { ...PLAIN_WORDING, wrongOp: (path) => `Invalid patch path ${path}` },
  rules: [
    textRule("statusCode", null),
    entryRule("responseParameters", {
      missing: "Invalid parameter name specified",
      read: nonEmpty("responseParameters"),
    }),
    entryRule("responseTemplates", {
      missing: "Invalid parameter name specified",
      read: nonEmpty("responseTemplates"),
    }),
  ],
};

export const gatewayResponseHandlers: Handlers = {
  GetGatewayResponses: handler<ApiInput & PageInput>(async (call) => {
    const { definition } = await readDraft(call);
    const { item, ...page } = pageOf(TYPES, call.input);
    return { item: item.map((type) => gatewayResponseView(definition, type)), ...page };
  }),

  GetGatewayResponse: handler<ResponseInput>(async (call) => {
    const { definition } = await readDraft(call);
    return gatewayResponseView(definition, call.input.responseType);
  }),

  PutGatewayResponse: handler<PutInput>(async (call) => {
    const { responseType, statusCode = null, responseParameters = {}, responseTemplates = {} } = call.input;
    const gatewayResponse = { responseType, statusCode, responseParameters, responseTemplates };
    const { definition } = await editDraft(call, () => [
      { name: "put-gateway-response", input: { gatewayResponse } },
    ]);
    return gatewayResponseView(definition, responseType);
  }),

  UpdateGatewayResponse: handler<ResponseInput & PatchInput>(async (call) => {
    const { responseType, patchOperations = [] } = call.input;
    const { definition } = await editDraft(call, (draft) => {
      // A type that was not customised becomes so, from what it was by default.
      const { defaultResponse: _default, ...before } = gatewayResponseView(draft, responseType);
      const start = { ...before, statusCode: before.statusCode ?? null };
      const gatewayResponse = applyPatch(GATEWAY_RESPONSE_PATCH, start, patchOperations);
      return patchOperations.length === 0
        ? []
        : [{ name: "put-gateway-response", input: { gatewayResponse } }];
    });
    return gatewayResponseView(definition, responseType);
  }),

  DeleteGatewayResponse: handler<ResponseInput>(async (call) => {
    const { responseType } = call.input;
    await editDraft(call, () => [{ name: "delete-gateway-response", input: { responseType } }]);
  }),
};

/** AWS's GatewayResponse. What is not customised shows the customised default of its class, else AWS's own. */
export function gatewayResponseView({ gatewayResponses }: ApiDefinition, responseType: GatewayResponseType) {
  const own = gatewayResponses[responseType];
  const status = GATEWAY_RESPONSE_TYPES[responseType];
  const fallback =
    status === null ? undefined : gatewayResponses[status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"];
  const shown = own ?? fallback;
  return {
    responseType,
    statusCode: shown?.statusCode ?? (status === null ? undefined : String(status)),
    responseParameters: shown?.responseParameters ?? {},
    responseTemplates: templatesOf(shown),
    defaultResponse: own === undefined,
  };
}

function templatesOf(shown: GatewayResponse | undefined): Record<string, string> {
  return shown && Object.keys(shown.responseTemplates).length > 0
    ? shown.responseTemplates
    : DEFAULT_TEMPLATES;
}
