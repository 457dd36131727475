import { describe, expect, it } from "vitest";
import {
  curlOfRequest,
  emptyRequest,
  filledPath,
  invokeRequestOf,
  multiValues,
  pairsOf,
} from "./test-request";

const form = {
  ...emptyRequest({ httpMethod: "POST", declared: {} }),
  path: { petId: "a b", proxy: "x/y z" },
  query: [
    { name: "tag", value: "1" },
    { name: " tag ", value: "2" },
    { name: "", value: "half typed" },
  ],
  headers: [{ name: "X-Note", value: "it's" }],
  body: '{"a":1}',
};

describe("the form of a test run", () => {
  it("starts with the required parameters the method declares, and a verb for ANY", () => {
    const declared = {
      "method.request.querystring.page": true,
      "method.request.querystring.size": false,
      "method.request.header.X-Tenant": true,
      "method.request.path.petId": true,
    };
    expect(emptyRequest({ httpMethod: "ANY", declared })).toMatchObject({
      verb: "GET",
      query: [{ name: "page", value: "" }],
      headers: [{ name: "X-Tenant", value: "" }],
    });
  });

  it("keeps every value of a repeated name and drops rows without a name", () => {
    expect(multiValues(form.query)).toEqual({ tag: ["1", "2"] });
    expect(pairsOf({ tag: ["1", "2"], one: "3" })).toEqual([
      { name: "tag", value: "1" },
      { name: "tag", value: "2" },
      { name: "one", value: "3" },
    ]);
  });

  it("sends only path variables of this path that were filled in", () => {
    const request = invokeRequestOf(form, { resourceId: "r", path: "/pets/{petId}/{other}" });
    expect(request.pathParameters).toEqual({ petId: "a b" });
    expect(invokeRequestOf({ ...form, body: "" }, { resourceId: "r", path: "/" })).not.toHaveProperty("body");
  });

  it("encodes variables and query, and keeps slashes of a greedy variable", () => {
    expect(filledPath(form, "/pets/{petId}/{proxy+}/{other}")).toBe(
      "/pets/a%20b/x/y%20z/{other}?tag=1&tag=2",
    );
  });

  it("becomes a curl command that a shell reads as meant, without a real key", () => {
    expect(
      curlOfRequest(form, { path: "/pets", invokeUrl: "http://localhost:8080/api/dev/", needsKey: true }),
    ).toBe(
      [
        "curl -i -X POST 'http://localhost:8080/api/dev/pets?tag=1&tag=2'",
        "-H 'X-Note: it'\\''s'",
        "-H 'x-api-key: YOUR_KEY'",
        "-H 'content-type: application/json'",
        `--data-raw '{"a":1}'`,
      ].join(" \\\n  "),
    );
  });
});
