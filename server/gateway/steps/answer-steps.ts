import { repairUtf8, repairUtf8Stream } from "@/server/toolkit/utf8";
import { compileAnswer } from "../compile/compile-answer";
import { compileSelection } from "../compile/compile-selection";
import { answerTemplateFor } from "../compile/compile-templates";
import { answerHeaderValues } from "../context/answer-headers";
import { firstAcceptedType, mediaTypeOf } from "../context/media-type";
import { overrideTexts } from "../context/overrides";
import { answerPayload } from "../context/payload";
import { renderTemplate } from "../context/render-template";
import { headerOf } from "../context/request-headers";
import { configurationError } from "../errors";
import type { Exchange } from "../exchange";
import { addIdentityHeaders } from "../headers/answer-identity";
import { mappedResponseHeaderName } from "../headers/header-rules";
import { headerTextToWire, isHeaderName } from "../headers/header-text";
import type { IntegrationInput } from "../integrations/integration";
import type { Step } from "../runtime-api";

const EMPTY = new Uint8Array(0);

/**
 * The steps that turn a back end's answer into the method's: select-response (by status, or by `textOf` for
 * functions) and map-response (headers, contentHandling, template, overrides). `usesDefault`: the response without
 * a pattern, whatever the status (a MOCK without a template).
 */
export function answerSteps(
  input: IntegrationInput,
  {
    usesDefault = false,
    textOf = statusText,
  }: { usesDefault?: boolean; textOf?: (exchange: Exchange) => string } = {},
): readonly Step[] {
  const selector = compileSelection(
    Object.values(input.integration.integrationResponses).map((source) => ({
      source,
      compiled: compileAnswer(input, source),
    })),
    input.problems.at("integrationResponses"),
  );
  return [
    {
      name: "select-response",
      run(exchange) {
        const status = exchange.integrationAnswer?.status ?? 0;
        const answer = usesDefault ? selector.fallback : selector.select(textOf(exchange));
        if (!answer) {
          throw configurationError(
            `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${status}`,
          );
        }
        if (!answer.isDeclared) {
          throw configurationError(`Output mapping refers to an invalid method response: ${answer.status}`);
        }
        exchange.selectedAnswer = answer;
        if (exchange.trace)
          exchange.note = { summary: `${status} → ${answer.status}`, input: status, output: answer.status };
      },
    },
    { name: "map-response", run: (exchange) => mapAnswer(exchange, input) },
  ];
}

function statusText({ integrationAnswer }: Exchange): string {
  return String(integrationAnswer?.status ?? 0);
}

function mapAnswer(exchange: Exchange, { scope }: IntegrationInput): void {
  const answer = exchange.selectedAnswer;
  const integrationBody = exchange.integrationAnswer?.body ?? EMPTY;
  if (!answer) throw new Error("map-response ran before select-response");
  exchange.status = answer.status;

  let contentType: string | null = "application/json";
  if (answer.passesBody || !(integrationBody instanceof Uint8Array)) {
    exchange.body =
      integrationBody instanceof Uint8Array ? repairUtf8(integrationBody) : repairUtf8Stream(integrationBody);
  } else {
    const accepted = firstAcceptedType(headerOf(exchange.request.headers, "accept"));
    const sentType = mediaTypeOf(answerHeaderValues(exchange, "content-type")?.at(-1));
    const is = { binaryPayload: scope.isBinaryType(sentType), binaryAccepted: scope.isBinaryType(accepted) };
    const payload =
      integrationBody.length === 0
        ? { text: "" }
        : answerPayload(integrationBody, is, answer.contentHandling);
    if ("text" in payload) exchange.answerText = payload.text;

    const template = answerTemplateFor(answer.templates, accepted);
    if (!template) exchange.body = "text" in payload ? payload.text : payload.bytes;
    else if (!("text" in payload)) {
      throw configurationError(
        "Unable to transform response: a mapping template cannot read a binary payload",
      );
    } else {
      exchange.body = renderTemplate(exchange, template, payload.text);
      if (template.mediaType !== "$default") contentType = template.mediaType;
    }
  }
  if (answer.headers.length > 0) contentType = addMappedHeaders(exchange, contentType);
  if (exchange.overrides.responseOverride) contentType = applyOverrides(exchange, contentType);
  if (contentType !== null) exchange.headers.push("Content-Type", contentType);
  addIdentityHeaders(exchange);
  if (exchange.traceId !== "") exchange.headers.push("X-Amzn-Trace-Id", exchange.traceId);
  if (exchange.trace)
    exchange.note = {
      summary: `status ${exchange.status}`,
      input: exchange.answerText ?? "",
      output: exchange.body,
    };
}

/** Adds the mapped headers; the default Content-Type stays unless one of them is it. */
function addMappedHeaders(exchange: Exchange, contentType: string | null): string | null {
  let left = contentType;
  for (const { name, source } of exchange.selectedAnswer?.headers ?? []) {
    const value = source(exchange);
    if (value === undefined) continue;
    for (const text of typeof value === "string" ? [value] : value) {
      exchange.headers.push(name, headerTextToWire(text));
    }
    if (name.toLowerCase() === "content-type") left = null;
  }
  return left;
}

/** `$context.responseOverride`: headers replace mapped ones; a status that is no integer 100–599 is ignored. */
function applyOverrides(exchange: Exchange, contentType: string | null): string | null {
  const { status, header } = exchange.overrides.responseOverride ?? {};
  const code = typeof status === "string" ? Number(status) : status;
  if (typeof code === "number" && Number.isInteger(code) && code >= 100 && code <= 599)
    exchange.status = code;
  let left = contentType;
  for (const [name, value] of Object.entries(header ?? {})) {
    const sentAs = isHeaderName(name) ? mappedResponseHeaderName(name) : null;
    if (sentAs === null) continue;
    const lower = sentAs.toLowerCase();
    for (let i = exchange.headers.length - 2; i >= 0; i -= 2) {
      if (exchange.headers[i]?.toLowerCase() === lower) exchange.headers.splice(i, 2);
    }
    for (const text of overrideTexts(value)) {
      exchange.headers.push(sentAs, headerTextToWire(text));
      if (lower === "content-type") left = null;
    }
  }
  return left;
}
