import { describe, expect, it } from "vitest";
import type { ApiDefinition } from "@/server/domain/definition";
import type { Method } from "@/server/gateway/snapshot/method";
import { base } from "@/server/testing/pets-definition";
import { checkDefinition } from "./check-definition";
import type { Problem } from "./problem";

type Step = (definition: ApiDefinition, post: Method) => void;

/** What is said of the base after a change that no edit would make, its own problems left out. */
function added(step: Step): Problem[] {
  const definition = structuredClone(base);
  step(definition, definition.resources.pets?.resourceMethods.POST as Method);
  const known = new Set(checkDefinition(base).map(({ message }) => message));
  return checkDefinition(definition).filter(({ message }) => !known.has(message));
}

const integrationOf = (method: Method) =>
  method.methodIntegration as NonNullable<Method["methodIntegration"]>;

describe("checkDefinition", () => {
  it("lets a proxy be without templates, whatever its passthrough behaviour", () => {
    const problems = added((_, post) => {
      Object.assign(integrationOf(post), { type: "HTTP_PROXY", passthroughBehavior: "NEVER" });
    });
    expect(problems).toEqual([]);
  });

  it("lets a path variable be mapped that the method does not declare: it is always there", () => {
    const problems = added((definition) => {
      const pet = definition.resources.pet;
      const method = structuredClone(definition.resources.pets?.resourceMethods.POST) as Method;
      integrationOf(method).requestParameters = {
        "integration.request.header.Id": "method.request.path.petId",
      };
      if (pet) pet.resourceMethods = { POST: method };
    });
    expect(problems).toEqual([]);
  });

  it("warns of a part of the cache key that nothing declares", () => {
    const problems = added((_, post) => {
      integrationOf(post).cacheKeyParameters = ["method.request.querystring.dry", "method.request.header.x"];
    });
    expect(problems).toMatchObject([
      {
        severity: "warning",
        message: "method.request.header.x is part of the cache key, but nothing declares it",
        where: { part: "integration" },
      },
    ]);
  });

  it("finds nothing to fill in the address of an AWS action, whose braces are its own", () => {
    const problems = added((_, post) => {
      Object.assign(integrationOf(post), {
        type: "AWS",
        uri: "arn:aws:apigateway:eu-west-1:s3:path/{bucket}",
      });
    });
    expect(problems).toEqual([]);
  });

  it("gives a remedy where there is one for a template's fault, and its place in any case", () => {
    const problems = added((_, post) => {
      integrationOf(post).requestTemplates["application/json"] = "#set($a = )\n#foreach($x in $y)";
    });
    expect(problems.length).toBeGreaterThan(0);
    for (const { template, remedy } of problems) {
      expect(template?.line).toBeGreaterThanOrEqual(1);
      if (remedy !== undefined) expect(remedy).not.toBe("");
    }
  });

  it("shows what only the gateway's compiler finds, at the API where it is no method's", () => {
    const problems = added((definition) => {
      Object.assign(definition, { formatVersion: 2 });
    });
    expect(problems).toMatchObject([{ severity: "error", where: { part: "api" } }]);
  });

  it("warns of a header towards AWS that every request would fail for", () => {
    const problems = added((_, post) => {
      Object.assign(integrationOf(post), {
        type: "AWS",
        uri: "arn:aws:apigateway:eu-west-1:s3:path/a",
        requestParameters: { "integration.request.header.Authorization": "'a'" },
      });
    });
    expect(problems).toMatchObject([
      {
        severity: "warning",
        message: expect.stringContaining("Authorization cannot be set by a mapping"),
      },
    ]);
  });

  it("says what makes an authorizer refuse every call, field by field", () => {
    const problems = added((definition) => {
      const uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations";
      const rest = { authType: null, authorizerCredentials: null, identityValidationExpression: null };
      const ttl = { authorizerResultTtlInSeconds: 300 };
      const more: typeof definition.authorizers = {
        t: {
          ...{
            id: "t",
            name: "t",
            type: "TOKEN",
            providerARNs: [],
            authorizerUri: "arn:aws:sqs",
            ...rest,
            ...ttl,
          },
          identitySource: "method.request.querystring.t",
          identityValidationExpression: "(",
        },
        r: {
          id: "r",
          name: "r",
          type: "REQUEST",
          providerARNs: [],
          authorizerUri: uri,
          ...rest,
          ...ttl,
          identitySource: null,
        },
        s: {
          ...{ id: "s", name: "s", type: "REQUEST", providerARNs: [], ...rest, ...ttl },
          authorizerUri: uri.replace("/f/", "/${stageVariables.f}/"),
          identitySource: "method.request.header.A, context.stage",
        },
        c: {
          ...{ id: "c", name: "c", type: "COGNITO_USER_POOLS", authorizerUri: null, ...rest, ...ttl },
          providerARNs: ["https://issuer.test", "arn:aws:s3:::x"],
          identitySource: null,
        },
      };
      Object.assign(definition.authorizers, more);
    });
    expect(problems.map(({ path }) => path.join("."))).toEqual([
      "authorizers.t.identitySource",
      "authorizers.t.identityValidationExpression",
      "authorizers.t.authorizerUri",
      "authorizers.r.identitySource",
      "authorizers.c.providerARNs",
    ]);
    expect(problems.every(({ severity }) => severity === "warning")).toBe(true);
  });

  it.each([
    ["{", "The resource policy is not JSON"],
    [
      '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      "The resource policy cannot be read: statement 1: Principal is missing",
    ],
  ])("refuses the policy %s", (policy, message) => {
    const problems = added((definition) => {
      definition.policy = policy;
    });
    expect(problems).toMatchObject([{ severity: "error", message, path: ["policy"] }]);
  });
});
