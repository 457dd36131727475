import { describe, expect, it } from "vitest";
import { CustomDomains } from "../domains/custom-domains";
import { readAddress as read } from "./address";

const HOST = "abc123defg.execute-api.localhost:8080";
const domains = new CustomDomains();
domains.replaceAll([
  {
    workspaceId: "w",
    domainName: "api.pets.test",
    document: {},
    mappings: [
      { basePath: "(none)", restApiId: "root", stage: "prod" },
      { basePath: "v1", restApiId: "one", stage: "prod" },
      { basePath: "v1/beta", restApiId: "beta", stage: "test" },
      { basePath: "open", restApiId: "open", stage: null },
    ],
  },
  {
    workspaceId: "w",
    domainName: "*.wild.test",
    document: {},
    mappings: [{ basePath: "v1", restApiId: "wild", stage: "prod" }],
  },
]);
const readAddress = (url: string, host: string) => read(url, host, domains);

describe("readAddress", () => {
  it("reads the API from the host and the stage from the path", () => {
    expect(readAddress("/prod/pets/1?a=1", HOST)).toEqual({
      apiId: "abc123defg",
      stageName: "prod",
      path: "/pets/1",
      fullPath: "/prod/pets/1",
      rawQuery: "a=1",
      domainName: "abc123defg.execute-api.localhost",
      customDomain: null,
    });
  });

  it("reads both from the path under any other host", () => {
    expect(readAddress("/abc123defg/prod/pets?x", "localhost:8080")).toEqual({
      apiId: "abc123defg",
      stageName: "prod",
      path: "/pets",
      fullPath: "/prod/pets",
      rawQuery: "x",
      domainName: "abc123defg.execute-api.localhost",
      customDomain: null,
    });
  });

  it.each([
    ["/prod", "/", "/prod"],
    ["/prod/", "/", "/prod/"],
    ["//prod/x", "/x", "/prod/x"],
    ["/prod//x", "/x", "/prod//x"],
    ["/prod/x//y/", "/x//y/", "/prod/x//y/"],
  ])("treats the slashes of %s as recorded", (url, path, fullPath) => {
    expect(readAddress(url, HOST)).toMatchObject({ stageName: "prod", path, fullPath });
  });

  it("takes absolute request targets", () => {
    expect(readAddress("http://x.test/abc/prod/a", "x.test")).toMatchObject({
      apiId: "abc",
      stageName: "prod",
      path: "/a",
    });
  });

  it.each(["/", "/abc", "*", "?a", "//"])("has no address for %s", (url) => {
    expect(readAddress(url, "localhost")).toBeNull();
  });
});

describe("custom domain names", () => {
  it.each([
    ["/pets/1?a=1", "root", "prod", "/pets/1", "/pets/1", ""],
    ["/", "root", "prod", "/", "/", ""],
    ["/v1", "one", "prod", "/", "/v1", "v1"],
    ["/v1/", "one", "prod", "/", "/v1/", "v1"],
    ["//v1//pets/", "one", "prod", "/pets/", "/v1//pets/", "v1"],
    ["/v1x/pets", "root", "prod", "/v1x/pets", "/v1x/pets", ""],
    ["/V1/pets", "root", "prod", "/V1/pets", "/V1/pets", ""],
    ["/v1/beta/pets", "beta", "test", "/pets", "/v1/beta/pets", "v1/beta"],
    ["/v1/alpha/beta", "one", "prod", "/alpha/beta", "/v1/alpha/beta", "v1"],
    ["/open/dev/pets", "open", "dev", "/pets", "/open/dev/pets", "open"],
    ["http://api.pets.test/v1/pets", "one", "prod", "/pets", "/v1/pets", "v1"],
  ])("lead %s to the longest base path's API and stage", (...row) => {
    const [url, apiId, stageName, path, fullPath, basePathMatched] = row;
    expect(readAddress(url, "API.pets.test:8080")).toMatchObject({
      apiId,
      stageName,
      path,
      fullPath,
      customDomain: { basePathMatched, domain: { workspaceId: "w" } },
    });
  });

  it.each([
    ["/v2/pets", "a.wild.test"],
    ["/", "a.wild.test"],
    ["/wild/prod", "a.wild.test"],
    ["/open", "api.pets.test"],
  ])("have nothing at %s of %s", (url, host) => {
    expect(readAddress(url, host)).toBeNull();
  });

  it("may begin with a star for one label", () => {
    expect(readAddress("/v1/x", "a.wild.test")).toMatchObject({ apiId: "wild", domainName: "a.wild.test" });
    expect(readAddress("/v1/x", "a.b.wild.test")).toMatchObject({ apiId: "v1", customDomain: null });
  });
});
