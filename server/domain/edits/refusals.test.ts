import { describe, expect, it } from "vitest";
import { EditError } from "@/server/domain/errors";
import { base, pets, post, refusal } from "@/server/testing/pets-definition";
import { applyEdits, type EditCall } from "./apply-edits";
import type { TypedEditCall } from "./index";

describe("edits refuse what AWS refuses, in its words", () => {
  const mapping = (errors: string) =>
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors}]`;
  const integration = { type: "HTTP", httpMethod: "GET", uri: "http://127.0.0.1/" } as const;

  it.each<[code: string, message: string, call: TypedEditCall | EditCall]>([
    [
      "NOT_FOUND",
      "Invalid Resource identifier specified",
      { name: "create-resource", input: { id: "a", parentId: "nope", pathPart: "a" } },
    ],
    [
      "VALIDATION",
      "An identifier has 1 to 36 letters and digits",
      { name: "create-resource", input: { id: "constructor", parentId: "root", pathPart: "a" } },
    ],
    [
      "NOT_FOUND",
      "Invalid Resource identifier specified",
      { name: "delete-resource", input: { resourceId: "constructor" } },
    ],
    [
      "CONFLICT",
      "Another resource with the same parent already has this name: pets",
      { name: "create-resource", input: { id: "a", parentId: "root", pathPart: "pets" } },
    ],
    [
      "BAD_REQUEST",
      "A sibling ({petId}) of this resource already has a variable path part -- only one is allowed",
      { name: "create-resource", input: { id: "a", parentId: "pets", pathPart: "{other+}" } },
    ],
    [
      "BAD_REQUEST",
      "Cannot create a child of a resource with a greedy path variable: {proxy+}",
      { name: "create-resource", input: { id: "a", parentId: "proxy", pathPart: "x" } },
    ],
    [
      "BAD_REQUEST",
      "Cannot create a child of a resource with a greedy path variable: {files+}",
      { name: "rename-resource", input: { resourceId: "files", pathPart: "{files+}" } },
    ],
    ...["a/b", "", "res{x}", "{a b}", "{}", "ä", "{a+}x"].map((pathPart): [string, string, EditCall] => [
      "BAD_REQUEST",
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
      { name: "create-resource", input: { id: "a", parentId: "root", pathPart } },
    ]),
    [
      "BAD_REQUEST",
      "Root resource cannot update its pathPart.",
      { name: "rename-resource", input: { resourceId: "root", pathPart: "x" } },
    ],
    [
      "BAD_REQUEST",
      "Root resource cannot update its parentId.",
      { name: "move-resource", input: { resourceId: "root", parentId: "pets" } },
    ],
    [
      "BAD_REQUEST",
      "Resources cannot be cyclical.",
      { name: "move-resource", input: { resourceId: "pets", parentId: "pet" } },
    ],
    [
      "BAD_REQUEST",
      "Root resource cannot be deleted.",
      { name: "delete-resource", input: { resourceId: "root" } },
    ],
    [
      "VALIDATION",
      "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
      { name: "create-method", input: { resourceId: "pets", httpMethod: "WRONG" } },
    ],
    ["CONFLICT", "Method already exists for this resource", { name: "create-method", input: pets }],
    [
      "NOT_FOUND",
      "Invalid Method identifier specified",
      { name: "delete-method", input: { resourceId: "pets", httpMethod: "PUT" } },
    ],
    [
      "BAD_REQUEST",
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
      { name: "update-method", input: { ...pets, changes: { authorizationType: "CUSTOM" } } },
    ],
    [
      "BAD_REQUEST",
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
      {
        name: "update-method",
        input: { ...pets, changes: { authorizationType: "COGNITO_USER_POOLS", authorizerId: "auth" } },
      },
    ],
    [
      "BAD_REQUEST",
      "Invalid Request Validator identifier specified",
      { name: "update-method", input: { ...pets, changes: { requestValidatorId: "fake-id" } } },
    ],
    [
      "BAD_REQUEST",
      "Invalid model identifier specified: petModel",
      {
        name: "update-method",
        input: { ...pets, changes: { requestModels: { "application/json": "petModel" } } },
      },
    ],
    [
      "BAD_REQUEST",
      "Parameter names must be unique across querystring, header and path",
      {
        name: "update-method",
        input: {
          ...pets,
          changes: {
            requestParameters: { "method.request.header.a.b": true, "method.request.querystring.a.b": true },
          },
        },
      },
    ],
    [
      "BAD_REQUEST",
      mapping("Invalid mapping expression specified: true"),
      {
        name: "update-method",
        input: {
          ...pets,
          changes: { requestParameters: { "method.request.path.testPath": true, true: true } },
        },
      },
    ],
    [
      "NOT_FOUND",
      "Invalid Integration identifier specified",
      { name: "update-integration", input: { resourceId: "pet", httpMethod: "GET", changes: {} } },
    ],
    [
      "BAD_REQUEST",
      "Enumeration value for HttpMethod must be non-empty",
      { name: "put-integration", input: { ...pets, integration: { type: "HTTP_PROXY", uri: "http://a" } } },
    ],
    [
      "BAD_REQUEST",
      "Invalid HTTP endpoint specified for URI",
      { name: "put-integration", input: { ...pets, integration: { ...integration, uri: "ftp://a" } } },
    ],
    [
      "BAD_REQUEST",
      "Invalid ARN specified in the request",
      { name: "put-integration", input: { ...pets, integration: { ...integration, type: "AWS" } } },
    ],
    [
      "BAD_REQUEST",
      "AWS ARN for integration must contain path or action",
      {
        name: "put-integration",
        input: {
          ...pets,
          integration: { ...integration, type: "AWS", uri: "arn:aws:apigateway:eu-west-1:sqs:queue" },
        },
      },
    ],
    [
      "BAD_REQUEST",
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
      {
        name: "put-integration",
        input: {
          ...pets,
          integration: { ...integration, type: "AWS_PROXY", uri: "arn:aws:apigateway:eu-west-1:sqs:path/q" },
        },
      },
    ],
    [
      "BAD_REQUEST",
      "Validation Result: warnings : [], errors : [Invalid content type specified: 123]",
      { name: "update-integration", input: { ...pets, changes: { requestTemplates: { "123": "x" } } } },
    ],
    [
      "BAD_REQUEST",
      mapping("Invalid mapping expression specified: true"),
      {
        name: "update-integration",
        input: { ...pets, changes: { requestParameters: { "integration.request.header.a": "true" } } },
      },
    ],
    [
      "VALIDATION",
      "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
      { name: "put-integration-response", input: { ...pets, integrationResponse: { statusCode: "wrong" } } },
    ],
    [
      "NOT_FOUND",
      "Invalid Response status code specified",
      { name: "delete-integration-response", input: { ...pets, statusCode: "404" } },
    ],
    [
      "NOT_FOUND",
      "Invalid Response status code specified",
      { name: "delete-method-response", input: { ...pets, statusCode: "404" } },
    ],
    [
      "BAD_REQUEST",
      mapping("Invalid mapping expression parameter specified: method.response.header.X"),
      {
        name: "put-integration-response",
        input: {
          ...pets,
          integrationResponse: {
            statusCode: "200",
            responseParameters: { "method.response.header.X": "'a'" },
          },
        },
      },
    ],
    [
      "BAD_REQUEST",
      "Invalid model identifier specified: petModel",
      {
        name: "put-method-response",
        input: {
          ...pets,
          methodResponse: { statusCode: "200", responseModels: { "application/json": "petModel" } },
        },
      },
    ],
    [
      "BAD_REQUEST",
      "Model name must be non-empty",
      { name: "put-model", input: { model: { name: "", schema: "{}" } } },
    ],
    [
      "BAD_REQUEST",
      "Model name must be alphanumeric: my-model",
      { name: "put-model", input: { model: { name: "my-model", schema: "{}" } } },
    ],
    [
      "BAD_REQUEST",
      "Model schema must have at least 1 property or array items defined",
      { name: "put-model", input: { model: { name: "M", schema: "" } } },
    ],
    [
      "CONFLICT",
      "Model name already exists for this REST API",
      { name: "put-model", input: { onlyIfNew: true, model: { name: "Pet", schema: '{"type":"object"}' } } },
    ],
    [
      "CONFLICT",
      "Cannot delete model 'Pet', is referenced in method request: /pets/POST",
      { name: "delete-model", input: { name: "Pet" } },
    ],
    [
      "NOT_FOUND",
      "Invalid model name specified: MySchema",
      { name: "delete-model", input: { name: "MySchema" } },
    ],
    [
      "BAD_REQUEST",
      "Request Validator name cannot be blank",
      { name: "put-request-validator", input: { requestValidator: { id: "v", name: " " } } },
    ],
    [
      "CONFLICT",
      "Cannot delete request validator 'body', is referenced in method request: /pets/POST",
      { name: "delete-request-validator", input: { id: "body" } },
    ],
    [
      "CONFLICT",
      "Cannot delete authorizer 'a', is referenced in method request: /pets/POST",
      { name: "delete-authorizer", input: { id: "auth" } },
    ],
    [
      "NOT_FOUND",
      "Gateway response type not defined on api",
      { name: "delete-gateway-response", input: { responseType: "DEFAULT_4XX" } },
    ],
    [
      "BAD_REQUEST",
      "Invalid minimum compression size, must be between 0 and 10485760",
      { name: "update-api", input: { changes: { minimumCompressionSize: -1 } } },
    ],
    [
      "BAD_REQUEST",
      "Cannot create an api with multiple Endpoint Types.",
      { name: "update-api", input: { changes: { endpointConfiguration: { types: ["EDGE", "REGIONAL"] } } } },
    ],
    [
      "BAD_REQUEST",
      "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.",
      { name: "update-api", input: { changes: { endpointConfiguration: { types: [] } } } },
    ],
    [
      "BAD_REQUEST",
      "Only dualstack ipAddressType is supported for Private APIs.",
      { name: "update-api", input: { changes: { endpointConfiguration: { types: ["PRIVATE"] } } } },
    ],
    [
      "BAD_REQUEST",
      "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.",
      { name: "update-api", input: { changes: { policy: "{" } } },
    ],
    [
      "BAD_REQUEST",
      "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE",
      { name: "update-api", input: { changes: { endpointConfiguration: { types: ["NEAR"] } } } },
    ],
    [
      "BAD_REQUEST",
      "ipAddressType must be either ipv4 or dualstack.",
      {
        name: "update-api",
        input: { changes: { endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv6" } } },
      },
    ],
    [
      "BAD_REQUEST",
      "A connection of type VPC_LINK needs a connectionId",
      { name: "update-integration", input: { ...post, changes: { connectionType: "VPC_LINK" } } },
    ],
    [
      "BAD_REQUEST",
      "Only a proxy integration can stream its response",
      { name: "update-integration", input: { ...post, changes: { responseTransferMode: "STREAM" } } },
    ],
    [
      "BAD_REQUEST",
      "Model schema must have at least 1 property or array items defined",
      { name: "put-model", input: { model: { name: "M", contentType: "application/xml", schema: "" } } },
    ],
    [
      "BAD_REQUEST",
      "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified: it is not an object]",
      { name: "put-model", input: { model: { name: "M", schema: "[]" } } },
    ],
    [
      "BAD_REQUEST",
      "Invalid null or empty value in responseTemplates",
      {
        name: "put-gateway-response",
        input: {
          gatewayResponse: { responseType: "THROTTLED", responseTemplates: { "application/json": "" } },
        },
      },
    ],
    [
      "CONFLICT",
      "There is already a resource with id pets",
      { name: "create-resource", input: { id: "pets", parentId: "root", pathPart: "x" } },
    ],
    [
      "VALIDATION",
      "An identifier has 1 to 36 letters and digits",
      { name: "create-resource", input: { id: "__proto__", parentId: "root", pathPart: "x" } },
    ],
    ["BAD_REQUEST", "There is no edit 'toString'", { name: "toString", input: {} }],
  ])("%s %s", (code, message, call) => {
    const error = refusal(call);
    expect({ code: error.code, message: error.message }).toEqual({ code, message });
  });

  it("names the gateway response types there are", () => {
    const error = refusal({
      name: "put-gateway-response",
      input: { gatewayResponse: { responseType: "FAKE" } },
    });
    expect(error.message).toMatch(
      /^1 validation error detected: Value 'FAKE' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: \[ACCESS_DENIED, /,
    );
  });

  it("leads to the entity", () => {
    const error = refusal({
      name: "update-integration",
      input: { ...pets, changes: { uri: "x", requestTemplates: { a: "b" } } },
    });
    expect(error.path).toEqual([
      "resources",
      "pets",
      "resourceMethods",
      "GET",
      "methodIntegration",
      "requestTemplates",
    ]);
  });

  it("applies nothing when one of several edits is refused", () => {
    expect(() =>
      applyEdits(base, [
        { name: "delete-method", input: pets },
        { name: "delete-method", input: pets },
      ]),
    ).toThrow(EditError);
    expect(base.resources.pets?.resourceMethods.GET).toBeDefined();
  });
});
