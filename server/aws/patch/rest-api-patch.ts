import { badRequest } from "@/server/aws/protocol/aws-error";
import type { ApiDefinition } from "@/server/domain/definition";
import { type PatchTable, PLAIN_WORDING } from "./apply-patch";
import { booleanRule, listEntryRule, textRule, wordRule } from "./patch-rules";

/** What UpdateRestApi changes. */
export type RestApiSettings = Pick<
  ApiDefinition,
  | "name"
  | "description"
  | "version"
  | "apiKeySource"
  | "binaryMediaTypes"
  | "minimumCompressionSize"
  | "disableExecuteApiEndpoint"
  | "policy"
> & {
  endpointConfiguration: { types: string[]; ipAddressType: string; vpcEndpointIds: string[] };
  securityPolicy?: string;
  endpointAccessMode?: string;
};

const COMPRESSION = "Invalid minimum compression size, must be between 0 and 10485760";

/** Source: the API reference's patch operations; wording and details as recorded. */
export const REST_API_PATCH: PatchTable<RestApiSettings> = {
  wording: PLAIN_WORDING,
  rules: [
    textRule("name"),
    textRule("description", "", ["add", "remove", "replace"]),
    textRule("version"),
    wordRule("apiKeySource", ["HEADER", "AUTHORIZER"]),
    booleanRule("disableExecuteApiEndpoint"),
    listEntryRule("binaryMediaTypes"),
    textRule("securityPolicy"),
    textRule("endpointAccessMode"),
    {
      path: "/policy",
      ops: ["replace"],
      apply: (api, { value }) => {
        api.policy = value ? value : null;
      },
    },
    {
      path: "/minimumCompressionSize",
      ops: ["replace"],
      apply: (api, { value }) => {
        if (value !== undefined && value !== "" && !/^-?\d{1,15}$/.test(value)) throw badRequest(COMPRESSION);
        // No value switches compression off.
        api.minimumCompressionSize = value ? Number(value) : null;
      },
    },
    {
      path: "/endpointConfiguration/types/*",
      ops: ["replace"],
      wrongOp: "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
      apply: ({ endpointConfiguration: endpoint }, { value }) => {
        endpoint.types = [value ?? ""];
        // A private API has dual-stack addresses only.
        if (value === "PRIVATE") endpoint.ipAddressType = "dualstack";
      },
    },
    {
      path: "/endpointConfiguration/ipAddressType",
      ops: ["replace"],
      apply: (api, { value }) => {
        api.endpointConfiguration.ipAddressType = value ?? "";
      },
    },
    {
      path: "/endpointConfiguration/vpcEndpointIds",
      ops: ["add", "remove"],
      apply: ({ endpointConfiguration: endpoint }, { op, value = "" }) => {
        const others = endpoint.vpcEndpointIds.filter((id) => id !== value);
        endpoint.vpcEndpointIds = op === "add" ? [...others, value] : others;
      },
    },
  ],
};
