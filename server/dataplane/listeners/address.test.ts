import { describe, expect, it } from "vitest";
import { readAddress } from "./address";

const HOST = "abc123defg.execute-api.localhost:8080";

describe("readAddress", () => {
  it("reads the API from the host and the stage from the path", () => {
    expect(readAddress("/prod/pets/1?a=1", HOST)).toEqual({
      apiId: "abc123defg",
      stageName: "prod",
      path: "/pets/1",
      fullPath: "/prod/pets/1",
      rawQuery: "a=1",
      domainName: "abc123defg.execute-api.localhost",
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
