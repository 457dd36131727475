import { describe, expect, it } from "vitest";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import { base, post, refusal } from "@/server/testing/pets-definition";

const [dry, page] = ["method.request.querystring.dry", "method.request.querystring.page"];
const tenant = "integration.request.header.tenant";

describe("the cache key of an integration", () => {
  it("takes what the method declares and the integration maps, and keeps what is no longer declared", () => {
    const { definition } = applyEdits(base, [
      {
        name: "update-integration",
        input: {
          ...post,
          changes: { requestParameters: { [tenant]: "'a'" }, cacheKeyParameters: [dry, tenant] },
        },
      },
      { name: "update-method", input: { ...post, changes: { requestParameters: {} } } },
      { name: "update-integration", input: { ...post, changes: { timeoutInMillis: 500 } } },
    ]);
    const { methodIntegration } = definition.resources.pets?.resourceMethods.POST ?? {};
    expect(methodIntegration).toMatchObject({ cacheKeyParameters: [dry, tenant], timeoutInMillis: 500 });
  });

  it("takes nothing else, in AWS's words", () => {
    const cacheKeyParameters = [dry, page];
    const message = "Invalid cache key parameter specified";
    const integration = { type: "MOCK", cacheKeyParameters } as const;
    const changes = { cacheKeyParameters };
    for (const error of [
      refusal({ name: "update-integration", input: { ...post, changes } }),
      refusal({ name: "put-integration", input: { ...post, integration } }),
    ]) {
      expect(error).toMatchObject({ code: "BAD_REQUEST", message });
      expect(error.path.at(-1)).toBe("cacheKeyParameters");
    }
  });
});
