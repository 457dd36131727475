import { describe, expect, it } from "vitest";
import { base } from "@/server/testing/pets-definition";
import { POLICY_EXAMPLES } from "./policy-examples";
import {
  changesOf,
  faultsOf,
  formOf,
  policyWarning,
  unusualMediaTypes,
  withEndpointType,
} from "./settings-form";

const saved = formOf(base);

describe("the settings of an API", () => {
  it("are no change as long as they mean the same", () => {
    expect(changesOf(saved, { ...saved, binaryMediaTypes: " \n", policy: "  " })).toEqual({});
    const laidOut = formOf({ ...base, policy: '{"Version":"2012-10-17","Statement":[]}' });
    expect(laidOut.policy).toContain("\n");
    expect(changesOf(laidOut, laidOut)).toEqual({});
  });

  it("become the fields of one edit, only those that differ", () => {
    const after = withEndpointType(
      { ...saved, binaryMediaTypes: "image/png\n\n*/*", vpcEndpointIds: "vpce-1, vpce-2", version: "2" },
      "PRIVATE",
    );
    expect(changesOf(saved, after)).toEqual({
      version: "2",
      binaryMediaTypes: ["image/png", "*/*"],
      endpointConfiguration: {
        types: ["PRIVATE"],
        ipAddressType: "dualstack",
        vpcEndpointIds: ["vpce-1", "vpce-2"],
      },
    });
    expect(faultsOf(base, changesOf(saved, after))).toEqual({});
  });

  it("say for each field why it would be refused", () => {
    const after = { ...saved, name: "", minimumCompressionSize: 10_485_761, policy: "{" };
    expect(faultsOf(base, changesOf(saved, after))).toEqual({
      name: "An API needs a name",
      minimumCompressionSize: "Invalid minimum compression size, must be between 0 and 10485760",
      policy: expect.stringMatching(/^Invalid policy document/),
    });
  });

  it("start a policy from examples that AWS and this gateway take", () => {
    for (const { policy } of Object.values(POLICY_EXAMPLES)) {
      const text = JSON.stringify(policy);
      expect(faultsOf(base, { policy: text })).toEqual({});
      expect(policyWarning(text)).toBeNull();
    }
    expect(policyWarning(" ")).toBeNull();
    expect(policyWarning('{"Statement":[{"Effect":"Perhaps"}]}')).toBeTruthy();
  });

  it("name lines that are no media type", () => {
    expect(unusualMediaTypes("image/png\npng\n*/*\napplication/vnd.a+json")).toEqual(["png"]);
  });
});
