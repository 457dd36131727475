import type { ApiDefinition } from "@/server/domain/definition";
import { resourcePath } from "@/server/domain/definition";
import { pathParameterNames } from "@/server/domain/path-parameters";
import type { TemplateSurroundings } from "@/server/vtl";
import type { MethodKey } from "../designer/store/selection";

/** What a template is tried on. Names and values as a request would bring them. */
export type StudioSample = {
  body: string;
  path: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** `$context`, nested. */
  context: Record<string, unknown>;
  stageVariables: Record<string, string>;
};

const DEFAULT_BODY = `{
  "id": 7,
  "name": "Rex",
  "tags": ["dog", "good"],
  "owner": { "email": "rex@example.com" }
}`;

/** A sample to begin with: a small body, and the context such a call would have. */
export function starterSample(definition?: ApiDefinition, key?: MethodKey | null): StudioSample {
  const path = definition && key ? (resourcePath(definition, key.resourceId) ?? "/") : "/pets";
  const names = definition && key ? pathParameterNames(definition, key.resourceId) : [];
  const stage = "dev";
  return {
    body: DEFAULT_BODY,
    path: Object.fromEntries(names.map((name) => [name, "7"])),
    query: {},
    headers: { "Content-Type": "application/json" },
    context: {
      requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
      apiId: "a1b2c3d4e5",
      stage,
      httpMethod: key?.httpMethod ?? "GET",
      resourcePath: path,
      path: `/${stage}${path}`,
      requestTimeEpoch: 1_700_000_000_000,
      identity: { sourceIp: "127.0.0.1", userAgent: "curl/8.5.0" },
    },
    stageVariables: {},
  };
}

/** What completion and hover may know of a sample. */
export function surroundingsOf({
  body,
  path,
  query,
  headers,
  stageVariables,
}: StudioSample): TemplateSurroundings {
  return {
    body,
    parameters: Object.keys({ ...path, ...query, ...headers }),
    stageVariables: Object.keys(stageVariables),
  };
}
