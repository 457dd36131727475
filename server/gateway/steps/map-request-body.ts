import { compileTemplates, templateFor } from "../compile/compile-templates";
import { mediaTypeOf } from "../context/media-type";
import { type Payload, requestPayload } from "../context/payload";
import { renderTemplate } from "../context/render-template";
import { headerOf } from "../context/request-headers";
import { configurationError, GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import type { IntegrationInput } from "../integrations/integration";

const EMPTY = new Uint8Array(0);

export type RequestBodyMapper = {
  /** The body for the back end, and the template's media type if one ran. */
  map(exchange: Exchange): { body: string | Uint8Array; renderedAs: string | null };
  readonly hasTemplates: boolean;
};

/**
 * The body of a non-proxy integration request: contentHandling, then the template for the Content-Type (absent:
 * application/json), else `$default`, else passthroughBehavior: 415 for NEVER, and for WHEN_NO_TEMPLATES if the
 * integration has templates at all (developer guide, passthrough behaviors).
 */
export function requestBodyMapper({ integration, scope }: IntegrationInput): RequestBodyMapper {
  const templates = compileTemplates(integration.requestTemplates);
  const behavior = integration.passthroughBehavior;
  const refusesUnmapped = behavior === "NEVER" || (behavior === "WHEN_NO_TEMPLATES" && templates.length > 0);

  return {
    hasTemplates: templates.length > 0,
    map(exchange) {
      const mediaType = mediaTypeOf(headerOf(exchange.request.headers, "content-type"));
      const bytes = exchange.requestBytes ?? EMPTY;
      const payload: Payload =
        bytes.length === 0
          ? { text: "" }
          : requestPayload(bytes, scope.isBinaryType(mediaType), integration.contentHandling);
      if ("text" in payload) exchange.requestText = payload.text;

      const template = templateFor(templates, mediaType ?? "application/json");
      if (!template) {
        if (refusesUnmapped) throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
        return { body: "text" in payload ? payload.text : payload.bytes, renderedAs: null };
      }
      if (!("text" in payload)) {
        throw configurationError(
          "Unable to transform request: a mapping template cannot read a binary payload",
        );
      }
      return { body: renderTemplate(exchange, template, payload.text), renderedAs: template.mediaType };
    },
  };
}
