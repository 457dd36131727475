import { describe, expect, it } from "vitest";
import { type ApiDefinition, emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import type { Method } from "@/server/gateway/snapshot/method";
import { checkDefinition } from "./check-definition";
import type { Problem } from "./problem";

const good: ApiDefinition = applyEdits(emptyDefinition({ name: "Pets", rootId: "root" }), [
  { name: "create-resource", input: { id: "pet", parentId: "root", pathPart: "{petId}" } },
  { name: "create-method", input: { resourceId: "pet", httpMethod: "GET" } },
  {
    name: "create-method",
    input: {
      resourceId: "pet",
      httpMethod: "PUT",
      integration: {
        type: "HTTP",
        httpMethod: "PUT",
        uri: "http://127.0.0.1/pets/{id}",
        requestParameters: { "integration.request.path.id": "method.request.path.petId" },
      },
    },
  },
] satisfies TypedEditCall[]).definition;

type Step = (definition: ApiDefinition, get: Method, put: Method) => void;

/** Problems after breaking a good definition, which no edit would have done. */
function problemsOf(step: Step, options?: Parameters<typeof checkDefinition>[1]): Problem[] {
  const broken = structuredClone(good);
  const methods = broken.resources.pet?.resourceMethods;
  step(broken, methods?.GET as Method, methods?.PUT as Method);
  return checkDefinition(broken, options);
}

const integrationOf = (method: Method) =>
  method.methodIntegration as NonNullable<Method["methodIntegration"]>;
const at = (verb: string, ...rest: (string | number)[]) => [
  "resources",
  "pet",
  "resourceMethods",
  verb,
  ...rest,
];

describe("checkDefinition", () => {
  it("finds nothing wrong with what the designer makes", () => {
    expect(checkDefinition(good)).toEqual([]);
  });

  it.each<[name: string, step: Step, expected: Partial<Problem>]>([
    [
      "a method without an integration",
      (_, get) => {
        get.methodIntegration = null;
      },
      {
        severity: "error",
        message: "No integration defined for method",
        path: at("GET", "methodIntegration"),
        where: { resourceId: "pet", httpMethod: "GET", part: "integration" },
      },
    ],
    [
      "an unknown model",
      (_, __, put) => {
        put.requestModels["application/json"] = "Gone";
      },
      {
        severity: "error",
        message: "Invalid model identifier specified: Gone",
        path: at("PUT", "requestModels", "application/json"),
        where: { resourceId: "pet", httpMethod: "PUT", part: "method-request" },
      },
    ],
    [
      "an unknown authorizer",
      (_, get) => {
        get.authorizationType = "CUSTOM";
        get.authorizerId = "gone";
      },
      { severity: "error", path: at("GET", "authorizerId") },
    ],
    [
      "an unknown validator",
      (_, get) => {
        get.requestValidatorId = "gone";
      },
      { severity: "error", message: "Invalid Request Validator identifier specified" },
    ],
    [
      "a bad address",
      (_, __, put) => {
        integrationOf(put).uri = "pets";
      },
      {
        severity: "error",
        message: "Invalid HTTP endpoint specified for URI",
        path: at("PUT", "methodIntegration", "uri"),
        where: { resourceId: "pet", httpMethod: "PUT", part: "integration" },
      },
    ],
    [
      "a placeholder nothing fills",
      (_, __, put) => {
        integrationOf(put).requestParameters = {};
      },
      { severity: "warning", message: "Nothing fills {id} in the address" },
    ],
    [
      "a mapping of an undeclared parameter",
      (_, __, put) => {
        integrationOf(put).requestParameters["integration.request.header.a"] = "method.request.header.b";
      },
      {
        severity: "warning",
        message: "Invalid mapping expression parameter specified: method.request.header.b",
        where: { resourceId: "pet", httpMethod: "PUT", part: "integration-request" },
      },
    ],
    [
      "a mapping that is no expression",
      (_, __, put) => {
        integrationOf(put).requestParameters["integration.request.header.a"] = "b";
      },
      { severity: "error", message: "Invalid mapping expression specified: b" },
    ],
    [
      "a header no mapping may set",
      (_, __, put) => {
        integrationOf(put).requestParameters["integration.request.header.Content-Length"] = "'1'";
      },
      {
        severity: "warning",
        path: at(
          "PUT",
          "methodIntegration",
          "requestParameters",
          "integration.request.header.Content-Length",
        ),
      },
    ],
    [
      "no integration response at all",
      (_, __, put) => {
        integrationOf(put).integrationResponses = {};
      },
      { severity: "warning", message: "Without an integration response, every answer is a 500" },
    ],
    [
      "no default integration response",
      (_, __, put) => {
        for (const response of Object.values(integrationOf(put).integrationResponses))
          response.selectionPattern = "2\\d\\d";
      },
      { severity: "warning", path: at("PUT", "methodIntegration", "integrationResponses") },
    ],
    [
      "an integration response without a method response",
      (_, __, put) => {
        put.methodResponses = {};
      },
      {
        severity: "warning",
        message: "There is no method response 200 for integration response 200",
        remedy: "Add method response 200",
      },
    ],
    [
      "a pattern that is no regular expression",
      (_, __, put) => {
        for (const response of Object.values(integrationOf(put).integrationResponses))
          response.selectionPattern = "(";
      },
      {
        severity: "error",
        path: at("PUT", "methodIntegration", "integrationResponses", "200", "selectionPattern"),
      },
    ],
    [
      "a response header that is not declared",
      (_, __, put) => {
        for (const response of Object.values(integrationOf(put).integrationResponses))
          response.responseParameters["method.response.header.X"] = "'a'";
      },
      {
        severity: "error",
        message: "Invalid mapping expression parameter specified: method.response.header.X",
      },
    ],
    [
      "a declared variable that is not in the path",
      (_, get) => {
        get.requestParameters["method.request.path.other"] = true;
      },
      { severity: "warning", path: at("GET", "requestParameters", "method.request.path.other") },
    ],
    [
      "a body check without a model",
      (definition, get) => {
        definition.requestValidators.v = {
          id: "v",
          name: "body",
          validateRequestBody: true,
          validateRequestParameters: false,
        };
        get.requestValidatorId = "v";
      },
      { severity: "warning", message: "Validator body checks the body, but no model describes it" },
    ],
    [
      "a VPC link without an id",
      (_, __, put) => {
        integrationOf(put).connectionType = "VPC_LINK";
      },
      { severity: "error", message: "A connection of type VPC_LINK needs a connectionId" },
    ],
    [
      "a passthrough that lets nothing through",
      (_, __, put) => {
        integrationOf(put).passthroughBehavior = "NEVER";
      },
      { severity: "warning", message: "Without a template, every request is answered with 415" },
    ],
    [
      "two defaults",
      (_, __, put) => {
        put.methodResponses["201"] = { statusCode: "201", responseParameters: {}, responseModels: {} };
        const [first] = Object.values(integrationOf(put).integrationResponses);
        if (first) integrationOf(put).integrationResponses["201"] = { ...first, statusCode: "201" };
      },
      {
        severity: "warning",
        message: "Integration responses 200 and 201 both have no pattern: only the first is ever chosen",
      },
    ],
    [
      "a response mapping that is no expression",
      (_, __, put) => {
        put.methodResponses["200"] = {
          statusCode: "200",
          responseParameters: { "method.response.header.X": false },
          responseModels: {},
        };
        const [first] = Object.values(integrationOf(put).integrationResponses);
        Object.assign(first?.responseParameters ?? {}, { "method.response.header.X": "x" });
      },
      { severity: "error", message: "Invalid mapping expression specified: x" },
    ],
    [
      "a body mapping the gateway cannot compile",
      (_, __, put) => {
        integrationOf(put).requestParameters["integration.request.header.a"] = "method.request.body.a['b";
      },
      { severity: "error", where: { resourceId: "pet", httpMethod: "PUT", part: "integration" } },
    ],
    [
      "an API without methods",
      (definition) => {
        for (const resource of Object.values(definition.resources)) resource.resourceMethods = {};
      },
      { severity: "error", message: "The REST API doesn't contain any methods" },
    ],
  ])("finds %s", (_, step, expected) => {
    expect(problemsOf(step)).toContainEqual(expect.objectContaining(expected));
  });

  it("gives the place of a fault inside a template", () => {
    const problems = problemsOf((_, get) => {
      integrationOf(get).requestTemplates["application/json"] = '{\n  #if($a)\n  "statusCode": 200\n}';
    });
    expect(problems[0]).toMatchObject({
      severity: "error",
      path: at("GET", "methodIntegration", "requestTemplates", "application/json"),
      where: { resourceId: "pet", httpMethod: "GET", part: "integration-request" },
      template: { line: expect.any(Number), column: expect.any(Number) },
    });
  });

  it("warns of variables the stage does not have, when it is told which there are", () => {
    const step: Step = (_, __, put) => {
      integrationOf(put).uri = `http://\${stageVariables.backend}/pets/{id}`;
      integrationOf(put).requestTemplates["application/json"] =
        "$stageVariables.colour $stageVariables['backend']";
    };
    expect(problemsOf(step)).toEqual([]);
    expect(problemsOf(step, { stageVariables: { backend: "127.0.0.1" } })).toMatchObject([
      { severity: "warning", message: "The stage has no variable colour: it is empty" },
    ]);
  });

  it("puts errors before warnings and says each once", () => {
    const problems = problemsOf((_, get, put) => {
      integrationOf(put).requestParameters = {};
      get.methodIntegration = null;
    });
    expect(problems.map(({ severity }) => severity)).toEqual(["error", "warning"]);
  });
});
