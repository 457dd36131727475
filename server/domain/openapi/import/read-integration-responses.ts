import { parseMappingExpression } from "@/server/domain/edits/rules/mapping-expression";
import { contentHandlingSchema, type IntegrationResponse } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import { type ImportContext, reportUnknown } from "./import-context";
import { readTemplates } from "./read-templates";
import type { Cursor } from "./source/cursor";

const KNOWN = new Set(["statusCode", "responseParameters", "responseTemplates", "contentHandling"]);
const TARGET = /^method\.response\.header\.[\w.$-]+$/;

/**
 * The integration's `responses`: the key is the selection pattern, or `default`. API Gateway has one integration
 * response per status code: patterns that lead to the same answer are joined, others cannot all be kept.
 */
export function readIntegrationResponses(
  context: ImportContext,
  at: Cursor,
  method: Method,
): Record<string, IntegrationResponse> {
  const byStatus: Record<string, IntegrationResponse> = {};
  for (const [pattern, entry] of at.entries()) {
    const response = readIntegrationResponse(context, { pattern, at: entry }, method);
    const twin = byStatus[response.statusCode];
    byStatus[response.statusCode] = twin ? join(context, entry, { first: twin, second: response }) : response;
  }
  return byStatus;
}

function readIntegrationResponse(
  context: ImportContext,
  { pattern, at }: { pattern: string; at: Cursor },
  method: Method,
): IntegrationResponse {
  reportUnknown(context, at, KNOWN);
  const statusCode = statusCodeOf(context, pattern, at);
  if (!Object.hasOwn(method.methodResponses, statusCode)) {
    context.report.translated(
      at,
      `The operation does not list response ${statusCode}: the method response is added`,
    );
  }
  method.methodResponses[statusCode] ??= { statusCode, responseParameters: {}, responseModels: {} };
  const declared = method.methodResponses[statusCode].responseParameters;
  const responseParameters: Record<string, string> = {};
  for (const [target, source] of at.get("responseParameters").entries()) {
    const text = source.text() ?? "";
    if (
      typeof source.value !== "string" ||
      !TARGET.test(target) ||
      !parseMappingExpression(text, "response")
    ) {
      context.report.dropped(source, `Mapping ${target} = ${text} is not a mapping expression`);
      continue;
    }
    responseParameters[target] = text;
    if (Object.hasOwn(declared, target)) continue;
    context.report.translated(source, `${target} is set here, so method response ${statusCode} declares it`);
    declared[target] = false;
  }
  const handling = contentHandlingSchema.safeParse(at.get("contentHandling").text()?.toUpperCase());
  return {
    statusCode,
    selectionPattern: pattern === "default" ? null : pattern,
    responseParameters,
    responseTemplates: readTemplates(context, at.get("responseTemplates")),
    contentHandling: handling.success ? handling.data : null,
  };
}

function statusCodeOf(context: ImportContext, pattern: string, at: Cursor): string {
  const given = at.get("statusCode").text() ?? "";
  if (/^[1-5]\d\d$/.test(given)) return given;
  const assumed = /^[1-5]\d\d$/.test(pattern) ? pattern : "200";
  context.report.translated(at, `Integration response ${pattern} has no status code: ${assumed} is used`);
  return assumed;
}

type Twins = { first: IntegrationResponse; second: IntegrationResponse };

function join(context: ImportContext, at: Cursor, { first, second }: Twins): IntegrationResponse {
  const same = (a: IntegrationResponse) => canonicalJson({ ...a, selectionPattern: null });
  const name = (response: IntegrationResponse) => response.selectionPattern ?? "default";
  const { statusCode } = first;
  if (same(first) !== same(second)) {
    const kept = first.selectionPattern === null ? first : second;
    const lost = kept === first ? second : first;
    context.report.dropped(
      at,
      `Two integration responses lead to ${statusCode}: only ${name(kept)} is kept, not ${name(lost)}`,
    );
    return kept;
  }
  if (first.selectionPattern === null || second.selectionPattern === null) {
    const pattern = first.selectionPattern ?? second.selectionPattern;
    context.report.translated(
      at,
      `The default integration response answers ${pattern} as well: both are the same`,
    );
    return { ...first, selectionPattern: null };
  }
  context.report.translated(
    at,
    `Integration responses ${name(first)} and ${name(second)} are joined: both are the same`,
  );
  return { ...first, selectionPattern: `${first.selectionPattern}|${second.selectionPattern}` };
}
