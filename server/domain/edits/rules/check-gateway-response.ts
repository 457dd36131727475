import { EditError } from "@/server/domain/errors";
import type { GatewayResponse } from "@/server/gateway/snapshot/gateway-response";
import { checkMediaTypes } from "./check-media-types";
import { mappingError, parseMappingExpression, unreadableExpression } from "./mapping-expression";

const TARGET = /^gatewayresponse\.(header|path|querystring)\.[\w.$-]+$/;

/** @throws EditError for keys other than `gatewayresponse.header.NAME`, unreadable values, bad media types */
export function checkGatewayResponse(response: GatewayResponse): void {
  const path = ["gatewayResponses", response.responseType];
  checkMediaTypes(response.responseTemplates, [...path, "responseTemplates"]);
  for (const field of ["responseTemplates"] as const) {
    if (Object.values(response[field]).some((value) => value === "")) {
      throw new EditError("BAD_REQUEST", `Invalid null or empty value in ${field}`, [...path, field]);
    }
  }
  const errors = Object.entries(response.responseParameters).flatMap(([target, value]) => [
    ...(TARGET.test(target) ? [] : [unreadableExpression(target)]),
    ...(isGatewayResponseValue(value) ? [] : [unreadableExpression(value)]),
  ]);
  if (errors.length > 0) throw mappingError(errors, [...path, "responseParameters"]);
}

/** A gateway response may use a literal, the request's parameters, the context and stage variables; no body. */
export function isGatewayResponseValue(value: string): boolean {
  const expression = parseMappingExpression(value, "request");
  return expression !== null && expression.source !== "body";
}
