"use client";
import type { EditError } from "@/server/domain/errors";
import {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponse,
  type GatewayResponseType,
} from "@/server/gateway/snapshot/gateway-response";
import { MapEditor } from "../../designer/fields/map-editor";
import { TextField } from "../../designer/fields/text-field";
import { useDraft } from "../../designer/store/draft-provider";
import { Badge } from "../../ui/badge";
import { GatewayResponseTemplates } from "./gateway-response-templates";
import { PartDetail } from "./part-detail";
import { PartList } from "./part-list";
import { useOpenPart } from "./use-open-part";

const MEANINGS: Record<GatewayResponseType, string> = {
  ACCESS_DENIED: "the authorizer or a policy says no",
  API_CONFIGURATION_ERROR: "a mapping or template failed",
  AUTHORIZER_CONFIGURATION_ERROR: "the authorizer could not be called",
  AUTHORIZER_FAILURE: "the authorizer failed",
  BAD_REQUEST_BODY: "the body does not fit its model",
  BAD_REQUEST_PARAMETERS: "a required parameter is missing",
  DEFAULT_4XX: "every 4xx without its own response",
  DEFAULT_5XX: "every 5xx without its own response",
  EXPIRED_TOKEN: "the token has expired",
  INTEGRATION_FAILURE: "the back end could not be reached",
  INTEGRATION_TIMEOUT: "the back end took too long",
  INVALID_API_KEY: "the API key is missing or unknown",
  INVALID_SIGNATURE: "the signature is wrong",
  MISSING_AUTHENTICATION_TOKEN: "no such path or method",
  QUOTA_EXCEEDED: "the key's quota is used up",
  REQUEST_TOO_LARGE: "the request is above 10 MB",
  RESOURCE_NOT_FOUND: "the resource was found by no rule",
  THROTTLED: "too many requests a second",
  UNAUTHORIZED: "no identity, or an invalid one",
  UNSUPPORTED_MEDIA_TYPE: "no template for this content type",
  WAF_FILTERED: "a firewall rule refused it",
};

const TYPES = Object.keys(GATEWAY_RESPONSE_TYPES) as GatewayResponseType[];
/** The two that catch all others come first. */
const ORDERED = [...TYPES].sort(
  (a, b) => Number(b.startsWith("DEFAULT")) - Number(a.startsWith("DEFAULT")) || a.localeCompare(b),
);
const statusOf = (type: GatewayResponseType, own: GatewayResponse | undefined) =>
  own?.statusCode ?? GATEWAY_RESPONSE_TYPES[type] ?? (type === "DEFAULT_4XX" ? "4xx" : "5xx");

const HEADER_SUGGESTIONS = ["Access-Control-Allow-Origin", "Retry-After", "WWW-Authenticate"].map(
  (name) => `gatewayresponse.header.${name}`,
);

function Fields({
  response,
  put,
}: {
  response: GatewayResponse;
  put: (change: Partial<GatewayResponse>) => EditError | null;
}) {
  const isGroup = response.responseType.startsWith("DEFAULT");
  return (
    <>
      <TextField
        label="Status"
        mono
        value={response.statusCode ?? ""}
        commit={(text) => put({ statusCode: text.trim() || null })}
        placeholder={String(statusOf(response.responseType, undefined))}
        help={isGroup ? "Empty: each error keeps its own status" : "Empty: the default"}
      />
      <div className="flex flex-col gap-1.5">
        <h4 className="font-semibold text-sm">Headers</h4>
        <MapEditor
          label="Headers"
          entries={response.responseParameters}
          commit={(responseParameters) => put({ responseParameters })}
          nameLabel="Goes to"
          valueLabel="Comes from"
          namePlaceholder="gatewayresponse.header.X-Name"
          valuePlaceholder="'text'"
          nameSuggestions={HEADER_SUGGESTIONS}
          valueSuggestions={[
            "'*'",
            "context.error.responseType",
            "context.requestId",
            "method.request.header.",
          ]}
          empty="None of its own. Values: 'text' in quotes, context.…, method.request.header.…"
          addLabel="Add header"
        />
      </div>
      <GatewayResponseTemplates response={response} put={put} />
    </>
  );
}

/** What the gateway itself answers when it refuses a call or fails. */
export function GatewayResponsesPart() {
  const { definition, dispatch, perform, canWrite } = useDraft();
  const { item, show } = useOpenPart();
  const responseType = TYPES.find((type) => type === item);
  if (!responseType)
    return (
      <PartList
        label="Gateway responses"
        empty=""
        rows={ORDERED.map((type) => {
          const own = definition.gatewayResponses[type];
          return {
            id: type,
            name: type,
            note: MEANINGS[type],
            aside: (
              <>
                {own ? <Badge tone="accent">customised</Badge> : null}
                <span className="num w-8 text-right text-muted">{statusOf(type, own)}</span>
              </>
            ),
          };
        })}
        onOpen={(type) => show("gateway-responses", type)}
      />
    );
  const own = definition.gatewayResponses[responseType];
  const response: GatewayResponse = own ?? {
    responseType,
    statusCode: null,
    responseParameters: {},
    responseTemplates: {},
  };
  const group = Number(statusOf(responseType, undefined)) < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
  const inherited =
    !own && !responseType.startsWith("DEFAULT") ? definition.gatewayResponses[group] : undefined;
  return (
    <PartDetail
      listLabel="Gateway responses"
      name={responseType}
      uses={null}
      onBack={() => show("gateway-responses")}
      {...(own
        ? {
            removeLabel: "Back to the default",
            onRemove: () => perform({ name: "delete-gateway-response", input: { responseType } }),
          }
        : {})}
    >
      <p className="text-muted">
        Sent when {MEANINGS[responseType]}.
        {inherited ? ` Takes everything from ${group} until it has something of its own.` : null}
      </p>
      {canWrite || own ? (
        <Fields
          key={responseType}
          response={response}
          put={(change) =>
            dispatch({ name: "put-gateway-response", input: { gatewayResponse: { ...response, ...change } } })
          }
        />
      ) : null}
    </PartDetail>
  );
}
