import { describe, expect, it } from "vitest";
import { parseMappingExpression } from "./mapping-expression";

describe("a mapping expression", () => {
  it.each([
    ["'text'", { source: "static", value: "text" }],
    ["''", { source: "static", value: "" }],
    ["'it''s'", { source: "static", value: "it''s" }],
    ["method.request.path.id", { source: "path", name: "id", all: false }],
    ["method.request.header.X-A.b", { source: "header", name: "X-A.b", all: false }],
    ["method.request.multivalueheader.a", { source: "header", name: "a", all: true }],
    ["method.request.multivaluequerystring.a", { source: "querystring", name: "a", all: true }],
    ["method.request.body", { source: "body", name: null }],
    ["method.request.body.a.b[0]", { source: "body", name: "a.b[0]" }],
    ["method.request.body[0]", { source: "body", name: "[0]" }],
    ["context.identity.sourceIp", { source: "context", name: "identity.sourceIp" }],
    ["stageVariables.a", { source: "stageVariables", name: "a" }],
  ])("of a request is read: %s", (text, expected) => {
    expect(parseMappingExpression(text, "request")).toEqual(expected);
  });

  it.each([
    ["integration.response.header.a", { source: "header", name: "a", all: false }],
    ["integration.response.multivalueheader.a", { source: "header", name: "a", all: true }],
    ["integration.response.body.a", { source: "body", name: "a" }],
    ["'text'", { source: "static", value: "text" }],
  ])("of an answer is read: %s", (text, expected) => {
    expect(parseMappingExpression(text, "response")).toEqual(expected);
  });

  it.each([
    ["request", "text"],
    ["request", "'text"],
    ["request", "method.request.multivaluepath.id"],
    ["request", "method.request.cookie.a"],
    ["request", "method.request.header."],
    ["request", "integration.response.header.a"],
    ["response", "method.request.header.a"],
    ["response", "integration.response.path.a"],
    ["response", "context."],
  ] as const)("is none for a %s: %s", (side, text) => {
    expect(parseMappingExpression(text, side)).toBeNull();
  });
});
