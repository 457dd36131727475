import type { ApiDefinition } from "@/server/domain/definition";
import type { Documentation } from "./documentation";
import type { ModelRegistry } from "./model-registry";
import type { Report } from "./report";
import type { SecuritySchemes } from "./security-schemes";
import { type Cursor, isRecord, pointerParts } from "./source/cursor";
import type { SourceDocument } from "./source/source-document";

export type OpenApiVersion = "2.0" | "3.0" | "3.1";

/** The values of AWS's variables where an import is not told any. */
export const AWS_DEFAULTS = { AccountId: "000000000000", Region: "us-east-1", Partition: "aws" };

export type ImportOptions = {
  /** Shown where the document has no title. */
  readonly filename?: string | undefined;
  /** Makes the ids of resources, validators, authorizers and documentation parts. */
  readonly ids: () => string;
  /** Written into the references between models (AWS's `…/restapis/API/models/NAME`); it has no other meaning. */
  readonly apiId?: string | undefined;
  /** What an operation without an integration gets: nothing, as on AWS, or a MOCK that answers with an example. */
  readonly withoutIntegration?: "none" | "mock" | undefined;
  /** AWS's `basepath` parameter: what becomes of the path in `basePath` or `servers`. */
  readonly basePath?: "ignore" | "prepend" | "split" | undefined;
  /** Values of `${AWS::AccountId}`, `${AWS::Region}` and `${AWS::Partition}`. */
  readonly awsVariables?: { AccountId?: string; Region?: string; Partition?: string } | undefined;
  /** The endpoint's type unless the document names one; REGIONAL. AWS's parameter `endpointConfigurationTypes`. */
  readonly endpointType?: "EDGE" | "REGIONAL" | "PRIVATE" | undefined;
  /** AWS's parameter `ignore=documentation`: no documentation parts are made. */
  readonly ignoreDocumentation?: boolean | undefined;
  /**
   * Names and places as AWS has them: a model made of a schema written in place is `MODEL` and six digits instead of
   * the operation's name, a method's description is a documentation part, too, a method without an integration has
   * none unless `withoutIntegration` says otherwise, and the short resource `execute-api:/…` of a policy is written
   * out with `apiId` and `awsVariables`.
   */
  readonly asAws?: boolean | undefined;
};

/** Everything the readers of one import share. `definition` is built up in place. */
export type ImportContext = {
  readonly version: OpenApiVersion;
  readonly source: SourceDocument;
  readonly report: Report;
  readonly options: ImportOptions;
  readonly definition: ApiDefinition;
  readonly models: ModelRegistry;
  readonly security: SecuritySchemes;
  readonly documentation: Documentation;
  /** validator name → id. */
  readonly validatorIds: ReadonlyMap<string, string>;
};

/** Local references may lead to references; a longer chain is taken for a circle. */
const MAX_HOPS = 20;

/**
 * The value a `$ref` leads to, or the value itself. Only references into the document are followed: files and URLs
 * are reported and give null, as do references that lead nowhere or in a circle.
 */
export function resolveReference(
  context: Pick<ImportContext, "source" | "report">,
  at: Cursor,
): Cursor | null {
  let current = at;
  for (let hops = 0; hops <= MAX_HOPS; hops++) {
    const ref = isRecord(current.value) ? current.value.$ref : undefined;
    if (typeof ref !== "string") return current;
    if (!ref.startsWith("#")) {
      context.report.dropped(
        at.get("$ref"),
        `The reference to ${ref} is not followed: only references into this document are`,
      );
      return null;
    }
    const target = followPointer(context.source.root, ref.slice(1));
    if (!target) {
      context.report.dropped(at.get("$ref"), `The reference ${ref} leads nowhere`);
      return null;
    }
    current = target;
  }
  context.report.dropped(at, "The reference leads in a circle");
  return null;
}

function followPointer(root: Cursor, fragment: string): Cursor | null {
  let pointer = fragment;
  try {
    pointer = decodeURIComponent(fragment);
  } catch {
    // A stray percent sign is meant as it stands.
  }
  if (pointer !== "" && !pointer.startsWith("/")) return null;
  let current = root;
  for (const part of pointerParts(pointer)) {
    const index = Array.isArray(current.value) ? current.items()[Number(part)] : undefined;
    current = index ?? current.get(part);
    if (current.value === undefined) return null;
  }
  return current;
}

/** Reports members of an object that no reader looks at. */
export function reportUnknown(
  context: Pick<ImportContext, "report">,
  at: Cursor,
  known: ReadonlySet<string>,
): void {
  for (const [key, member] of at.entries()) {
    if (!known.has(key)) context.report.dropped(member, `${key} has no place in an API definition`);
  }
}
