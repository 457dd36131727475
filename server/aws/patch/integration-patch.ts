import { badRequest } from "@/server/aws/protocol/aws-error";
import type { Integration, IntegrationResponse } from "@/server/gateway/snapshot/integration";
import { type PatchTable, PLAIN_WORDING } from "./apply-patch";
import { entryRule, integerOf, isTrue, listEntryRule, textRule, wordRule } from "./patch-rules";

const MISSING_PARAMETER = "Invalid parameter name specified";
const MISSING_TEMPLATE = "Content-Type specified was not found";

/** Source: the API reference's patch operations of Integration. */
export const INTEGRATION_PATCH: PatchTable<Integration> = {
  wording: PLAIN_WORDING,
  rules: [
    entryRule("requestParameters", { missing: MISSING_PARAMETER }),
    entryRule("requestTemplates", { missing: MISSING_TEMPLATE }),
    listEntryRule("cacheKeyParameters"),
    textRule("cacheNamespace", null),
    textRule("connectionId", null),
    wordRule("connectionType", ["INTERNET", "VPC_LINK"]),
    textRule("contentHandling", null),
    textRule("credentials", null),
    textRule("integrationTarget", null),
    wordRule("passthroughBehavior", ["WHEN_NO_MATCH", "NEVER", "WHEN_NO_TEMPLATES"]),
    wordRule("responseTransferMode", ["BUFFERED", "STREAM"]),
    {
      path: "/timeoutInMillis",
      ops: ["replace"],
      apply: (integration, { value }) => {
        integration.timeoutInMillis = integerOf(value, "Timeout should be between 50 ms and 29000 ms");
      },
    },
    {
      path: "/tlsConfig/insecureSkipVerification",
      ops: ["replace"],
      apply: (integration, { value }) => {
        integration.tlsConfig = { insecureSkipVerification: isTrue(value) };
      },
    },
    ...(["httpMethod", "uri"] as const).map((name) => ({
      path: `/${name}`,
      ops: ["replace" as const],
      apply: (integration: Integration, { value, path }: { value: string | undefined; path: string }) => {
        if (integration.type === "MOCK") throw badRequest(`Invalid patch path ${path}`);
        integration[name] = value ?? null;
      },
    })),
  ],
};

export const INTEGRATION_RESPONSE_PATCH: PatchTable<IntegrationResponse> = {
  wording: PLAIN_WORDING,
  rules: [
    textRule("selectionPattern"),
    textRule("contentHandling", null),
    entryRule("responseParameters", { missing: MISSING_PARAMETER }),
    entryRule("responseTemplates", { missing: MISSING_TEMPLATE }),
  ],
};
