import { describe, expect, it } from "vitest";
import { applyEdits, type EditCall } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { base, pets, post, refusal } from "@/server/testing/pets-definition";
import { modelSchemaFault } from "./check-model";

const unreadable = (...texts: string[]) =>
  `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${texts.join(", ")}]`;
const integrationResponse = (statusCode: string, responseParameters: Record<string, string>) => ({
  name: "put-integration-response",
  input: { ...pets, integrationResponse: { statusCode, responseParameters } },
});

describe("edits refuse", () => {
  it.each<[what: string, message: string, call: TypedEditCall | EditCall]>([
    [
      "an authorizer with a blank name",
      "Authorizer name cannot be blank",
      {
        name: "put-authorizer",
        input: { authorizer: { id: "b", name: "  ", type: "TOKEN", authorizerUri: "arn:x" } },
      },
    ],
    [
      "a gateway response's mapping onto what it does not have",
      unreadable("Invalid mapping expression specified: method.response.header.A"),
      {
        name: "put-gateway-response",
        input: {
          gatewayResponse: {
            responseType: "THROTTLED",
            responseParameters: { "method.response.header.A": "'a'" },
          },
        },
      },
    ],
    [
      "a header of a method response under another name than its own",
      unreadable("Invalid mapping expression specified: header.A"),
      {
        name: "put-method-response",
        input: { ...pets, methodResponse: { statusCode: "200", responseParameters: { "header.A": true } } },
      },
    ],
    [
      "an integration response's header that its method response does not declare",
      unreadable("Invalid mapping expression parameter specified: method.response.header.A"),
      integrationResponse("200", { "method.response.header.A": "'a'" }),
    ],
    [
      "an integration response's header without a method response, and says all that is wrong",
      unreadable(
        "Invalid mapping expression parameter specified: method.response.header.A",
        "Invalid mapping expression specified: a",
      ),
      integrationResponse("418", { "method.response.header.A": "a" }),
    ],
  ])("%s", (_, message, call) => {
    expect(refusal(call).message).toBe(message);
  });

  it("a bad item of a list, and say which", () => {
    const error = refusal({
      name: "enable-cors",
      input: { resourceId: "pets", exposeHeaders: ["X-A", "it's"] },
    });
    expect(error).toMatchObject({
      code: "VALIDATION",
      message: "A header's value may not have quotes or line breaks",
      path: ["exposeHeaders", 1],
    });
  });
});

describe("a model's schema", () => {
  it("is not looked into when it is not JSON", () => {
    expect(modelSchemaFault({ contentType: "application/xml", schema: "<schema/>" })).toBeNull();
  });

  it("is refused when it is no JSON or no object, in AWS's words", () => {
    const fault = (schema: string) => modelSchemaFault({ contentType: "application/json", schema });
    expect(fault("{")).toMatch(/^Invalid model specified: Validation Result: .* schema specified: /);
    expect(fault("[]")).toContain("it is not an object");
    expect(fault("{}")).toBe("Model schema must have at least 1 property or array items defined");
  });
});

describe("history", () => {
  it("has a sentence for an edit of the settings that changes nothing", () => {
    const { labels, definition } = applyEdits(base, [{ name: "update-api", input: { changes: {} } }]);
    expect(labels).toEqual(["Change the API's settings"]);
    expect(definition).toEqual(base);
  });
});

describe("CORS", () => {
  it("exposes headers in every answer that is mapped", () => {
    const { definition } = applyEdits(base, [
      { name: "enable-cors", input: { resourceId: "pets", exposeHeaders: ["X-A", "X-B"] } },
    ]);
    const answers = definition.resources.pets?.resourceMethods[post.httpMethod]?.methodIntegration;
    expect(answers?.integrationResponses["200"]?.responseParameters).toMatchObject({
      "method.response.header.Access-Control-Expose-Headers": "'X-A,X-B'",
    });
  });
});
