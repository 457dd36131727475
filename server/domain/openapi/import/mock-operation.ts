import { isMediaTypeKey } from "@/server/domain/edits/rules/check-media-types";
import { integrationSchema } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";
import { type ImportContext, resolveReference } from "./import-context";
import { sampleOfSchema } from "./sample-of-schema";
import type { Cursor } from "./source/cursor";

/** Gives the method a MOCK that answers with the operation's first good response: its example, or one made up. */
export function mockOperation(
  context: ImportContext,
  { operation, method }: { operation: Cursor; method: Method },
): void {
  const codes = Object.keys(method.methodResponses);
  const statusCode = codes.find((code) => code.startsWith("2")) ?? codes[0] ?? "200";
  method.methodResponses[statusCode] ??= { statusCode, responseParameters: {}, responseModels: {} };
  const types = new Set(["application/json", ...Object.keys(method.requestModels)]);
  const request = `{"statusCode": ${statusCode}}`;
  method.methodIntegration = integrationSchema.parse({
    type: "MOCK",
    requestTemplates: Object.fromEntries([...types].map((type) => [type, request])),
    integrationResponses: {
      [statusCode]: { statusCode, responseTemplates: exampleTemplates(context, operation, statusCode) },
    },
  });
}

function exampleTemplates(
  context: ImportContext,
  operation: Cursor,
  statusCode: string,
): Record<string, string> {
  const responses = operation.get("responses").entries();
  const entry =
    responses.find(([key]) => key === statusCode || key.toUpperCase() === `${statusCode[0]}XX`) ??
    responses[0];
  const response = entry && resolveReference(context, entry[1]);
  if (!response) return {};
  const found = context.version === "2.0" ? swaggerExample(response) : mediaExample(context, response);
  if (!found) return {};
  const example = found.example ?? sampleOfSchema(context, found.schema);
  if (example === undefined) return {};
  const isText = typeof example === "string" && (!/json/i.test(found.type) || isJson(example));
  return { [found.type]: literalTemplate(isText ? example : JSON.stringify(example, null, 2)) };
}

/** Examples of JSON are often given as its text; any other text is a JSON string. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

type Example = { type: string; example: unknown; schema: Cursor };

function swaggerExample(response: Cursor): Example | null {
  const schema = response.get("schema");
  const [type, given] = response.get("examples").entries()[0] ?? ["application/json"];
  return isMediaTypeKey(type) ? { type, example: given?.value, schema } : null;
}

function mediaExample(context: ImportContext, response: Cursor): Example | null {
  const content = response.get("content").entries();
  const [type, media] = content.find(([key]) => /json/i.test(key)) ?? content[0] ?? [];
  if (type === undefined || !media || type.includes("*") || !isMediaTypeKey(type)) return null;
  const named = media.get("examples").entries()[0]?.[1];
  const example =
    media.get("example").value ?? (named && resolveReference(context, named)?.get("value").value);
  return { type, example, schema: media.get("schema") };
}

/** A template that prints the text as it is: where `$` or `#` could be read as VTL, inside an unparsed block. */
export function literalTemplate(text: string): string {
  if (!/[$#\\]/.test(text)) return text;
  // An unparsed block ends at the first `]]#`; text that has one is cut there and goes on in the next block.
  return `#[[${text.replaceAll("]]#", "]]]]##[[#")}]]#`;
}
