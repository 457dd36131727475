import { describe, expect, it } from "vitest";
import { base } from "@/server/testing/pets-definition";
import { read } from "@/server/testing/read-openapi";
import { mergeDefinitions, overwriteDefinition } from "./merge-definition";

/** Ids are of this import's own making, not those of the definition it comes to. */
let count = 0;
const imported = (more: object) =>
  read(
    { openapi: "3.0.1", info: { title: "Pets", version: "1" }, paths: {}, ...more },
    { ids: () => `own${count++}` },
  ).definition;

describe("a definition that comes to another", () => {
  it("changes where keys are read from only if it says so", () => {
    const fromAuthorizer = imported({ "x-amazon-apigateway-api-key-source": "AUTHORIZER" });
    expect(mergeDefinitions(base, fromAuthorizer).apiKeySource).toBe("AUTHORIZER");
    expect(mergeDefinitions(fromAuthorizer, imported({})).apiKeySource).toBe("AUTHORIZER");
  });

  it("keeps no reference to a validator or an authorizer that did not come along", () => {
    const lost = { ...base, requestValidators: {}, authorizers: {} };
    const method = overwriteDefinition(base, lost).resources.pets?.resourceMethods.POST;
    expect(method).toMatchObject({ requestValidatorId: null, authorizerId: null });
  });

  it("has validators that check nothing unless they say what", () => {
    const { requestValidators } = imported({ "x-amazon-apigateway-request-validators": { a: {} } });
    expect(Object.values(requestValidators)).toMatchObject([
      { name: "a", validateRequestBody: false, validateRequestParameters: false },
    ]);
  });
});
