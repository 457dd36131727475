import { resourcePolicyFault } from "@/server/domain/check/check-components";
import type { ApiDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { EditInput } from "@/server/domain/edits/index";
import { EditError } from "@/server/domain/errors";
import { isSame } from "../../shell/is-same";

export type EndpointType = "REGIONAL" | "EDGE" | "PRIVATE";

/** The API's settings as they are edited: lists as text, one a line. */
export type SettingsForm = {
  name: string;
  description: string;
  version: string;
  apiKeySource: "HEADER" | "AUTHORIZER";
  binaryMediaTypes: string;
  minimumCompressionSize: number | null;
  disableExecuteApiEndpoint: boolean;
  endpointType: EndpointType;
  ipAddressType: "ipv4" | "dualstack";
  vpcEndpointIds: string;
  policy: string;
};
export type SettingsChanges = EditInput<"update-api">["changes"];
type Setting = keyof SettingsChanges;

const linesOf = (text: string) =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);

export function formOf(definition: ApiDefinition): SettingsForm {
  const { endpointConfiguration: endpoint } = definition;
  return {
    name: definition.name,
    description: definition.description,
    version: definition.version,
    apiKeySource: definition.apiKeySource,
    binaryMediaTypes: definition.binaryMediaTypes.join("\n"),
    minimumCompressionSize: definition.minimumCompressionSize,
    disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
    endpointType: endpoint.types[0] ?? "REGIONAL",
    ipAddressType: endpoint.ipAddressType,
    vpcEndpointIds: endpoint.vpcEndpointIds.join("\n"),
    policy: readable(definition.policy ?? ""),
  };
}

/** JSON with line ends, however it came; anything else as it is. */
function readable(text: string): string {
  try {
    return text === "" ? "" : JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What the form means, as the values of the definition. */
function settingsOf(form: SettingsForm): Required<SettingsChanges> {
  const { endpointType, ipAddressType, vpcEndpointIds, binaryMediaTypes, policy, ...same } = form;
  return {
    ...same,
    binaryMediaTypes: linesOf(binaryMediaTypes),
    endpointConfiguration: {
      types: [endpointType],
      ipAddressType,
      vpcEndpointIds: endpointType === "PRIVATE" ? linesOf(vpcEndpointIds) : [],
    },
    policy: policy.trim() === "" ? null : policy,
  };
}

/** Only what differs, so that the history says what was changed. */
export function changesOf(before: SettingsForm, after: SettingsForm): SettingsChanges {
  const old = settingsOf(before);
  const changed = Object.entries(settingsOf(after)).filter(
    ([name, value]) => !isSame(value, old[name as Setting]),
  );
  return Object.fromEntries(changed);
}

/** A private API is reached by both kinds of addresses, as AWS wants it. */
export function withEndpointType(form: SettingsForm, endpointType: EndpointType): SettingsForm {
  return { ...form, endpointType, ...(endpointType === "PRIVATE" ? { ipAddressType: "dualstack" } : {}) };
}

/** Why each change would be refused: every one is tried as the edit it becomes. */
export function faultsOf(
  definition: ApiDefinition,
  changes: SettingsChanges,
): Partial<Record<Setting, string>> {
  const faults: Partial<Record<Setting, string>> = {};
  for (const [name, value] of Object.entries(changes)) {
    try {
      applyEdits(definition, [{ name: "update-api", input: { changes: { [name]: value } } }]);
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      faults[name as Setting] = error.message;
    }
  }
  return faults;
}

/** Why this gateway would refuse every call because of the policy, although AWS may take it; null if it would not. */
export function policyWarning(text: string): string | null {
  return text.trim() === "" ? null : resourcePolicyFault(text);
}

const MEDIA_TYPE = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/;

/** Lines that are no media type, so that no body will ever have them: AWS keeps them, too. */
export function unusualMediaTypes(text: string): string[] {
  return linesOf(text).filter((line) => !MEDIA_TYPE.test(line));
}
