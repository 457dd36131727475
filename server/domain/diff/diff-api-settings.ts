import type { ApiDefinition } from "@/server/domain/definition";
import type { DiffContext } from "./diff-definitions";
import { type DiffScope, isSame } from "./diff-entry";

type Setting = {
  label: string;
  say: (after: ApiDefinition, before: ApiDefinition) => string;
  breaking?: boolean;
};

const SETTINGS: Partial<Record<keyof ApiDefinition, Setting>> = {
  name: { label: "name", say: (after) => `The API is now called ${after.name}` },
  description: { label: "description", say: () => "The API's description changed" },
  version: {
    label: "version",
    say: (after) =>
      after.version ? `The API is now version ${after.version}` : "The API has no version any more",
  },
  apiKeySource: {
    label: "API key source",
    say: (after) =>
      after.apiKeySource === "HEADER"
        ? "API keys are now read from the header x-api-key"
        : "API keys now come from the authorizer",
    breaking: true,
  },
  binaryMediaTypes: {
    label: "binary media types",
    say: (after) =>
      after.binaryMediaTypes.length > 0
        ? `These media types are now binary: ${after.binaryMediaTypes.join(", ")}`
        : "No media type is binary any more",
  },
  minimumCompressionSize: {
    label: "compression",
    say: ({ minimumCompressionSize: size }) =>
      size === null ? "Answers are no longer compressed" : `Answers from ${size} bytes are now compressed`,
  },
  disableExecuteApiEndpoint: {
    label: "default endpoint",
    say: (after) =>
      after.disableExecuteApiEndpoint
        ? "The default endpoint is now switched off"
        : "The default endpoint is now switched on",
    breaking: true,
  },
  endpointConfiguration: {
    label: "endpoint",
    say: (after) => `The endpoint is now ${after.endpointConfiguration.types.join(", ")}`,
  },
  policy: {
    label: "resource policy",
    say: (after, before) =>
      after.policy === null
        ? "The resource policy is gone"
        : before.policy === null
          ? "There is now a resource policy"
          : "The resource policy changed",
    breaking: true,
  },
};

/** The API's own fields. */
export function diffApiSettings({ before, after }: DiffContext, scope: DiffScope): void {
  for (const [field, setting] of Object.entries(SETTINGS) as [keyof ApiDefinition, Setting][]) {
    if (isSame(before[field], after[field])) continue;
    const relaxed =
      field === "policy" ? after.policy === null : field === "disableExecuteApiEndpoint" && !after[field];
    scope
      .in(setting.label)
      .add(
        { before: before[field], after: after[field] },
        setting.say(after, before),
        Boolean(setting.breaking) && !relaxed,
      );
  }
}
