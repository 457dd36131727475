import { describe, expect, it } from "vitest";
import { emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { EditInput, TypedEditCall } from "@/server/domain/edits/index";

const base = applyEdits(emptyDefinition({ name: "Pets", rootId: "root" }), [
  { name: "create-resource", input: { id: "pet", parentId: "root", pathPart: "{petId}" } },
  { name: "create-method", input: { resourceId: "pet", httpMethod: "GET" } },
  {
    name: "create-method",
    input: {
      resourceId: "pet",
      httpMethod: "PUT",
      integration: { type: "HTTP_PROXY", httpMethod: "PUT", uri: "http://127.0.0.1/" },
    },
  },
] satisfies TypedEditCall[]).definition;

const enable = (input: Partial<EditInput<"enable-cors">> = {}) =>
  applyEdits(base, [{ name: "enable-cors", input: { resourceId: "pet", ...input } }]).definition;

describe("enable-cors", () => {
  it("answers the preflight request with a MOCK that names the resource's verbs", () => {
    const options = enable().resources.pet?.resourceMethods.OPTIONS;
    expect(options?.methodIntegration).toMatchObject({
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      integrationResponses: {
        "200": {
          responseParameters: {
            "method.response.header.Access-Control-Allow-Origin": "'*'",
            "method.response.header.Access-Control-Allow-Methods": "'GET,PUT,OPTIONS'",
            "method.response.header.Access-Control-Allow-Headers":
              "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
          },
        },
      },
    });
    expect(Object.keys(options?.methodResponses["200"]?.responseParameters ?? {})).toHaveLength(3);
    expect(options?.requestParameters).toEqual({ "method.request.path.petId": true });
  });

  it("adds the origin to methods that build their answer, and leaves proxies alone", () => {
    const methods = enable({ allowOrigin: "https://shop.example", allowCredentials: true }).resources.pet
      ?.resourceMethods;
    expect(methods?.GET?.methodIntegration?.integrationResponses["200"]?.responseParameters).toEqual({
      "method.response.header.Access-Control-Allow-Origin": "'https://shop.example'",
      "method.response.header.Access-Control-Allow-Credentials": "'true'",
    });
    expect(methods?.GET?.methodResponses["200"]?.responseParameters).toEqual({
      "method.response.header.Access-Control-Allow-Origin": false,
      "method.response.header.Access-Control-Allow-Credentials": false,
    });
    expect(methods?.PUT).toEqual(base.resources.pet?.resourceMethods.PUT);
  });

  it("adds the origin to the gateway's own errors only when asked to", () => {
    expect(enable().gatewayResponses).toEqual({});
    const both = enable({ gatewayResponses: ["DEFAULT_4XX", "DEFAULT_5XX"] });
    for (const type of ["DEFAULT_4XX", "DEFAULT_5XX"] as const) {
      expect(both.gatewayResponses[type]).toMatchObject({
        statusCode: null,
        responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
      });
    }
  });

  it("can be repeated with other values", () => {
    const once = enable();
    const call: TypedEditCall = { name: "enable-cors", input: { resourceId: "pet", maxAgeSeconds: 600 } };
    const twice = applyEdits(once, [call]).definition.resources.pet?.resourceMethods;
    expect(twice?.OPTIONS?.methodIntegration?.integrationResponses["200"]?.responseParameters).toMatchObject({
      "method.response.header.Access-Control-Allow-Methods": "'GET,PUT,OPTIONS'",
      "method.response.header.Access-Control-Max-Age": "'600'",
    });
  });

  it("names every verb where ANY takes them all", () => {
    const any = applyEdits(base, [
      { name: "create-method", input: { resourceId: "root", httpMethod: "ANY" } },
      { name: "enable-cors", input: { resourceId: "root" } },
    ]).definition.resources.root?.resourceMethods.OPTIONS?.methodIntegration;
    expect(any?.integrationResponses["200"]?.responseParameters).toMatchObject({
      "method.response.header.Access-Control-Allow-Methods": "'GET,POST,PUT,PATCH,DELETE,OPTIONS,HEAD'",
    });
  });

  it("refuses a value that would end the quotes", () => {
    expect(() => enable({ allowOrigin: "a' 'b" })).toThrow("quotes");
  });
});
