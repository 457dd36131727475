import { describe, expect, it } from "vitest";
import type { ApiDefinition } from "@/server/domain/definition";
import { integrationSchema } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";
import { base } from "@/server/testing/pets-definition";
import { diffDefinitions } from "./diff-definitions";

type Step = (definition: ApiDefinition, post: Method) => void;

/** Summaries of what a change adds to the base, and of what taking it back does; `!` marks what breaks clients. */
function bothWays(step: Step): [there: string[], back: string[]] {
  const changed = structuredClone(base);
  step(changed, changed.resources.pets?.resourceMethods.POST as Method);
  const say = (from: ApiDefinition, to: ApiDefinition) =>
    diffDefinitions(from, to).map(({ summary, breaking }) => `${breaking ? "!" : ""}${summary}`);
  return [say(base, changed), say(changed, base)];
}

const integrationOf = (method: Method) =>
  method.methodIntegration as NonNullable<Method["methodIntegration"]>;
const authorizer = (definition: ApiDefinition) =>
  definition.authorizers.auth as ApiDefinition["authorizers"][string];

describe("a difference is said in words, there and back", () => {
  it.each<[there: string, back: string, step: Step]>([
    [
      "The API is now called Cats",
      "The API is now called Pets",
      (d) => {
        d.name = "Cats";
      },
    ],
    [
      "The API is now version 2",
      "The API has no version any more",
      (d) => {
        d.version = "2";
      },
    ],
    [
      "!API keys now come from the authorizer",
      "!API keys are now read from the header x-api-key",
      (d) => {
        d.apiKeySource = "AUTHORIZER";
      },
    ],
    [
      "These media types are now binary: image/png",
      "No media type is binary any more",
      (d) => {
        d.binaryMediaTypes = ["image/png"];
      },
    ],
    [
      "Answers from 10 bytes are now compressed",
      "Answers are no longer compressed",
      (d) => {
        d.minimumCompressionSize = 10;
      },
    ],
    [
      "!The default endpoint is now switched off",
      "The default endpoint is now switched on",
      (d) => {
        d.disableExecuteApiEndpoint = true;
      },
    ],
    [
      "The endpoint is now EDGE",
      "The endpoint is now REGIONAL",
      (d) => {
        d.endpointConfiguration.types = ["EDGE"];
      },
    ],
    [
      "!There is now a resource policy",
      "The resource policy is gone",
      (d) => {
        d.policy = "{}";
      },
    ],
    [
      "POST /pets no longer requires authorization",
      "!POST /pets now requires CUSTOM authorization by authorizer a",
      (_, post) => {
        post.authorizationType = "NONE";
        post.authorizerId = null;
      },
    ],
    [
      "POST /pets is no longer checked by a validator",
      "!POST /pets is now checked by validator body",
      (_, post) => {
        post.requestValidatorId = null;
      },
    ],
    [
      "POST /pets no longer reads query parameter dry",
      "POST /pets now takes query parameter dry",
      (_, post) => {
        post.requestParameters = {};
      },
    ],
    [
      "POST /pets now requires query parameter dry",
      "POST /pets no longer requires query parameter dry",
      (_, post) => {
        post.requestParameters["method.request.querystring.dry"] = true;
      },
    ],
    [
      "The application/json request body of POST /pets is no longer described",
      "The application/json request body of POST /pets is now described by model Pet",
      (_, post) => {
        post.requestModels = {};
      },
    ],
    [
      "The operation name of POST /pets changed",
      "The operation name of POST /pets changed",
      (_, post) => {
        post.operationName = "AddPet";
      },
    ],
    [
      "The description of POST /pets changed",
      "The description of POST /pets changed",
      (_, post) => {
        post.description = "x";
      },
    ],
    [
      "!POST /pets has no integration any more",
      "POST /pets is now answered by HTTP http://127.0.0.1:9/pets",
      (_, post) => {
        post.methodIntegration = null;
      },
    ],
    [
      "The passthrough behaviour of POST /pets is now NEVER",
      "The passthrough behaviour of POST /pets is now WHEN_NO_MATCH",
      (_, post) => {
        integrationOf(post).passthroughBehavior = "NEVER";
      },
    ],
    [
      'The TLS setting of POST /pets is now {"insecureSkipVerification":true}',
      "The TLS setting of POST /pets is now not set",
      (_, post) => {
        integrationOf(post).tlsConfig = { insecureSkipVerification: true };
      },
    ],
    [
      "POST /pets sends path variable id to the back end from 'a'",
      "POST /pets no longer sends path variable id to the back end",
      (_, post) => {
        integrationOf(post).requestParameters["integration.request.path.id"] = "'a'";
      },
    ],
    [
      "The application/json request template of POST /pets is new",
      "The application/json request template of POST /pets is gone",
      (_, post) => {
        integrationOf(post).requestTemplates["application/json"] = "x";
      },
    ],
    [
      "POST /pets now answers 200 when the back end says 2..",
      "POST /pets now answers 200 by default",
      (_, post) => {
        (integrationOf(post).integrationResponses["200"] ?? { selectionPattern: "" }).selectionPattern =
          "2..";
      },
    ],
    [
      "The content handling of 200 from POST /pets is now CONVERT_TO_TEXT",
      "The content handling of 200 from POST /pets is now not set",
      (_, post) => {
        Object.assign(integrationOf(post).integrationResponses["200"] ?? {}, {
          contentHandling: "CONVERT_TO_TEXT",
        });
      },
    ],
    [
      "POST /pets with 200 sends header X to the client from 'a'",
      "POST /pets with 200 no longer sends header X to the client",
      (_, post) => {
        Object.assign(integrationOf(post).integrationResponses["200"] ?? {}, {
          responseParameters: { "method.response.header.X": "'a'" },
        });
      },
    ],
    [
      "The text/html response template for 200 of POST /pets is new",
      "The text/html response template for 200 of POST /pets is gone",
      (_, post) => {
        Object.assign(integrationOf(post).integrationResponses["200"] ?? {}, {
          responseTemplates: { "text/html": "a" },
        });
      },
    ],
    [
      "POST /pets now answers 404 when the back end says 4..",
      "!POST /pets no longer answers 404 from its integration",
      (_, post) => {
        integrationOf(post).integrationResponses["404"] = {
          statusCode: "404",
          selectionPattern: "4..",
          responseParameters: {},
          responseTemplates: {},
          contentHandling: null,
        };
      },
    ],
    [
      "POST /pets can now answer 404",
      "!POST /pets no longer answers 404",
      (_, post) => {
        post.methodResponses["404"] = { statusCode: "404", responseParameters: {}, responseModels: {} };
      },
    ],
    [
      "POST /pets can now send header X with 200",
      "!POST /pets no longer sends header X with 200",
      (_, post) => {
        Object.assign(post.methodResponses["200"] ?? {}, {
          responseParameters: { "method.response.header.X": false },
        });
      },
    ],
    [
      "The application/json body of 200 from POST /pets is now described by model Pet",
      "The application/json body of 200 from POST /pets is no longer described",
      (_, post) => {
        Object.assign(post.methodResponses["200"] ?? {}, { responseModels: { "application/json": "Pet" } });
      },
    ],
    [
      "POST /pets is now answered by a MOCK in place of HTTP http://127.0.0.1:9/pets",
      "POST /pets is now answered by HTTP http://127.0.0.1:9/pets in place of a MOCK",
      (_, post) => {
        post.methodIntegration = {
          ...integrationSchema.parse({ type: "MOCK" }),
          integrationResponses: integrationOf(post).integrationResponses,
        };
      },
    ],
    [
      "Model Cat is new",
      "Model Cat is gone",
      (d) => {
        d.models.Cat = { name: "Cat", description: "", contentType: "application/json", schema: "{}" };
      },
    ],
    [
      "!Model Pet now requires name",
      "Model Pet changed",
      (d) => {
        Object.assign(d.models.Pet ?? {}, { schema: '{"type":"object","required":["name"]}' });
      },
    ],
    [
      "Model Unused now requires name",
      "Model Unused changed",
      (d) => {
        Object.assign(d.models.Unused ?? {}, { schema: '{"type":"object","required":["name"]}' });
      },
    ],
    [
      "Model Pet changed",
      "Model Pet changed",
      (d) => {
        Object.assign(d.models.Pet ?? {}, { schema: "not JSON" });
      },
    ],
    [
      "!Request validator body now checks the body and parameters",
      "Request validator body now checks the body",
      (d) => {
        Object.assign(d.requestValidators.body ?? {}, { validateRequestParameters: true });
      },
    ],
    [
      "Request validator none is new and checks nothing",
      "Request validator none is gone",
      (d) => {
        d.requestValidators.n = {
          id: "n",
          name: "none",
          validateRequestBody: false,
          validateRequestParameters: false,
        };
      },
    ],
    [
      "Authorizer b is new",
      "Authorizer b is gone",
      (d) => {
        d.authorizers.b = { ...authorizer(d), id: "b", name: "b" };
      },
    ],
    [
      "Authorizer a changed: authorizerResultTtlInSeconds",
      "Authorizer a changed: authorizerResultTtlInSeconds",
      (d) => {
        authorizer(d).authorizerResultTtlInSeconds = 0;
      },
    ],
    [
      "Gateway response THROTTLED is now customised",
      "Gateway response THROTTLED is back to its default",
      (d) => {
        d.gatewayResponses.THROTTLED = {
          responseType: "THROTTLED",
          statusCode: "420",
          responseParameters: {},
          responseTemplates: {},
        };
      },
    ],
    [
      "The documentation of 1 place changed",
      "The documentation of 1 place changed",
      (d) => {
        d.documentationParts = [
          {
            id: "x",
            location: { type: "API", path: null, method: null, statusCode: null, name: null },
            properties: "{}",
          },
        ];
      },
    ],
  ])("%s", (there, back, step) => {
    expect(bothWays(step)).toEqual([[there], [back]]);
  });

  it("says nothing of the API's id in references between models", () => {
    const schema = (id: string) => `{"$ref":"https://apigateway.amazonaws.com/restapis/${id}/models/Pet"}`;
    const withId = (id: string) => {
      const definition = structuredClone(base);
      Object.assign(definition.models.Unused ?? {}, { schema: schema(id) });
      return definition;
    };
    expect(diffDefinitions(withId("a"), withId("b"))).toEqual([]);
  });
});
