import { describe, expect, it } from "vitest";
import type { ApiDefinition } from "@/server/domain/definition";
import { integrationSchema } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";
import { base } from "@/server/testing/pets-definition";
import { diffDefinitions } from "./diff-definitions";

type Step = (definition: ApiDefinition, post: Method) => void;

function changed(step: Step): ApiDefinition {
  const definition = structuredClone(base);
  step(definition, definition.resources.pets?.resourceMethods.POST as Method);
  return definition;
}

/** Summaries of what leads from one change of the base to another; `!` marks what breaks clients. */
const between = (before: Step, after: Step) =>
  diffDefinitions(changed(before), changed(after)).map(
    ({ summary, breaking }) => `${breaking ? "!" : ""}${summary}`,
  );

const same: Step = () => undefined;
const part = (name: string): ApiDefinition["documentationParts"][number] => ({
  id: name,
  location: { type: "MODEL", path: null, method: null, statusCode: null, name },
  properties: "{}",
});
const throttled = (statusCode: string): Step => {
  return (definition) => {
    definition.gatewayResponses.THROTTLED = {
      responseType: "THROTTLED",
      statusCode,
      responseParameters: {},
      responseTemplates: {},
    };
  };
};

describe("a difference is said in words", () => {
  it.each<[said: string, before: Step, after: Step]>([
    [
      "!The resource policy changed",
      (d) => {
        d.policy = "{}";
      },
      (d) => {
        d.policy = '{"Statement":[]}';
      },
    ],
    ["Gateway response THROTTLED changed", throttled("420"), throttled("421")],
    [
      "The documentation of 2 places changed",
      same,
      (d) => {
        d.documentationParts = [part("A"), part("B")];
      },
    ],
    [
      "!POST /pets now requires an API key",
      same,
      (_, post) => {
        post.apiKeyRequired = true;
      },
    ],
    [
      "POST /pets no longer requires an API key",
      (_, post) => {
        post.apiKeyRequired = true;
      },
      same,
    ],
    [
      "!POST /pets now requires COGNITO_USER_POOLS authorization by authorizer a with scope read or write",
      same,
      (_, post) => {
        post.authorizationType = "COGNITO_USER_POOLS";
        post.authorizationScopes = ["read", "write"];
      },
    ],
    [
      "POST /pets sends path variable id to the back end from 'a'",
      same,
      (_, post) => {
        Object.assign(post.methodIntegration?.requestParameters ?? {}, {
          "integration.request.path.id": "'a'",
        });
      },
    ],
    [
      "POST /pets now takes cookie parameter a",
      same,
      (_, post) => {
        post.requestParameters["method.request.cookie.a"] = false;
      },
    ],
    [
      "POST /pets is now answered by HTTP_PROXY",
      (_, post) => {
        post.methodIntegration = null;
      },
      (_, post) => {
        post.methodIntegration = integrationSchema.parse({ type: "HTTP_PROXY" });
      },
    ],
  ])("%s", (said, before, after) => {
    expect(between(before, after)).toEqual([said]);
  });

  it("breaks clients where more is asked of them, not where less is", () => {
    const key: Step = (_, post) => {
      post.apiKeyRequired = true;
    };
    expect(between(same, key)).toEqual(["!POST /pets now requires an API key"]);
    expect(between(key, same)).toEqual(["POST /pets no longer requires an API key"]);
  });

  it("says nothing of a response header that is declared in another way", () => {
    const declared = (required: boolean): Step => {
      return (_, post) => {
        Object.assign(post.methodResponses["200"]?.responseParameters ?? {}, {
          "method.response.header.A": required,
        });
      };
    };
    expect(between(declared(true), declared(false))).toEqual([]);
    expect(between(declared(true), same)).toEqual(["!POST /pets no longer sends header A with 200"]);
  });

  it("holds for a definition whose references lead nowhere", () => {
    const dangling: Step = (definition, post) => {
      definition.requestValidators = {};
      definition.authorizers = {};
      definition.models = {};
      post.description = "x";
    };
    expect(between(dangling, dangling)).toEqual([]);
    expect(between(same, dangling)).toContain("Request validator body is gone");
  });

  it("tells what a new and a gone method is answered by", () => {
    const without: Step = (definition) => {
      const pets = definition.resources.pets;
      if (pets) pets.resourceMethods = {};
    };
    const entries = diffDefinitions(changed(without), changed(same));
    expect(entries.map(({ summary, after }) => [summary, after])).toEqual([
      ["Method GET /pets is new", "MOCK"],
      ["Method POST /pets is new", "HTTP http://127.0.0.1:9/pets"],
    ]);
    const bare: Step = (_, post) => {
      post.methodIntegration = null;
    };
    expect(diffDefinitions(changed(bare), changed(without)).map(({ before }) => before)).toContain(
      "no integration",
    );
  });
});
