import type { Integration, IntegrationResponse } from "@/server/gateway/snapshot/integration";
import { changedEntries, type DiffScope, isSame } from "./diff-entry";
import type { MethodPair } from "./diff-method";

const LABELS: Partial<Record<keyof Integration, string>> = {
  uri: "address",
  httpMethod: "verb",
  timeoutInMillis: "timeout",
  passthroughBehavior: "passthrough behaviour",
  contentHandling: "content handling",
  credentials: "role",
  connectionType: "connection type",
  connectionId: "connection",
  tlsConfig: "TLS setting",
  cacheNamespace: "cache namespace",
  cacheKeyParameters: "cache key",
  responseTransferMode: "response transfer mode",
  integrationTarget: "integration target",
};

/** The integration of a method: what is called, what is sent, and how the answers are built. */
export function diffIntegration(scope: DiffScope, pair: MethodPair): void {
  const { name } = pair;
  const { before, after } = { before: pair.before.methodIntegration, after: pair.after.methodIntegration };
  if (isSame(before, after)) return;
  const place = scope.in("integration");
  if (!before || !after) {
    const change = { before: before ? target(before) : undefined, after: after ? target(after) : undefined };
    place.add(
      change,
      after ? `${name} is now answered by ${target(after)}` : `${name} has no integration any more`,
      !after,
    );
    return;
  }
  if (before.type !== after.type) {
    place.add(
      { before: target(before), after: target(after) },
      `${name} is now answered by ${target(after)} in place of ${target(before)}`,
    );
  }
  for (const [field, label] of Object.entries(LABELS) as [keyof Integration, string][]) {
    if (
      isSame(before[field], after[field]) ||
      (before.type !== after.type && (field === "uri" || field === "httpMethod"))
    )
      continue;
    place
      .in(label)
      .add(
        { before: before[field], after: after[field] },
        `The ${label} of ${name} is now ${show(field, after[field])}`,
      );
  }
  const request = scope.in("integration request");
  diffMappings(request, { name, before: before.requestParameters, after: after.requestParameters });
  diffTemplates(request, {
    what: `request template of ${name}`,
    before: before.requestTemplates,
    after: after.requestTemplates,
  });
  for (const { key, before: was, after: is } of changedEntries(
    before.integrationResponses,
    after.integrationResponses,
  )) {
    diffResponse(scope.in(`integration response ${key}`), { name, before: was, after: is });
  }
}

const target = ({ type, uri }: Integration) => (type === "MOCK" ? "a MOCK" : uri ? `${type} ${uri}` : type);

function show(field: keyof Integration, value: unknown): string {
  if (value === null) return "not set";
  if (field === "timeoutInMillis") return `${value} ms`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

type Maps = {
  name: string;
  before: Readonly<Record<string, string>>;
  after: Readonly<Record<string, string>>;
};

function diffMappings(scope: DiffScope, { name, before, after }: Maps): void {
  for (const { key, before: was, after: is } of changedEntries(before, after)) {
    const [side, , place = "", ...rest] = key.split(".");
    const what = `${place === "querystring" ? "query parameter" : place === "path" ? "path variable" : "header"} ${rest.join(".")}`;
    const direction = side === "integration" ? "to the back end" : "to the client";
    const summary =
      is === undefined
        ? `${name} no longer sends ${what} ${direction}`
        : `${name} sends ${what} ${direction} from ${is}`;
    scope.in(what).add({ before: was, after: is }, summary);
  }
}

type Templates = {
  what: string;
  before: Readonly<Record<string, string>>;
  after: Readonly<Record<string, string>>;
};

function diffTemplates(scope: DiffScope, { what, before, after }: Templates): void {
  for (const { key, before: was, after: is } of changedEntries(before, after)) {
    const verb = was === undefined ? "is new" : is === undefined ? "is gone" : "changed";
    scope.in(`template ${key}`).add({ before: was, after: is }, `The ${key} ${what} ${verb}`);
  }
}

type ResponsePair = {
  name: string;
  before: IntegrationResponse | undefined;
  after: IntegrationResponse | undefined;
};

function diffResponse(scope: DiffScope, { name, before, after }: ResponsePair): void {
  const status = (before ?? after)?.statusCode;
  if (!before || !after) {
    const change = { before: before && condition(before), after: after && condition(after) };
    const text = after
      ? `now answers ${status} ${condition(after)}`
      : `no longer answers ${status} from its integration`;
    scope.add(change, `${name} ${text}`, !after);
    return;
  }
  if ((before.selectionPattern ?? "") !== (after.selectionPattern ?? "")) {
    scope
      .in("pattern")
      .add(
        { before: before.selectionPattern, after: after.selectionPattern },
        `${name} now answers ${status} ${condition(after)}`,
      );
  }
  if (before.contentHandling !== after.contentHandling) {
    scope
      .in("content handling")
      .add(
        { before: before.contentHandling, after: after.contentHandling },
        `The content handling of ${status} from ${name} is now ${after.contentHandling ?? "not set"}`,
      );
  }
  diffMappings(scope, {
    name: `${name} with ${status}`,
    before: before.responseParameters,
    after: after.responseParameters,
  });
  diffTemplates(scope, {
    what: `response template for ${status} of ${name}`,
    before: before.responseTemplates,
    after: after.responseTemplates,
  });
}

const condition = ({ selectionPattern }: IntegrationResponse) =>
  selectionPattern ? `when the back end says ${selectionPattern}` : "by default";
