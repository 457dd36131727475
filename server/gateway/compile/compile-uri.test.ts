import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileUri } from "./compile-uri";

const resolve = (
  uri: string,
  values: Record<string, string> = {},
  variables: Record<string, string> = {},
) => {
  const endpoint = compileUri(uri, variables).resolve(values);
  return endpoint && `${endpoint.origin}${endpoint.path}${endpoint.query ? `?${endpoint.query}` : ""}`;
};

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: stage variables are written so
describe("compileUri", () => {
  it.each([
    ["http://h.test", {}, {}, "http://h.test/"],
    ["http://h.test?a=1", {}, {}, "http://h.test/?a=1"],
    ["https://h.test:8443/a b", {}, {}, "https://h.test:8443/a%20b"],
    ["http://h.test/{p+}", { p: "x/y%20z" }, {}, "http://h.test/x/y%20z"],
    ["http://{host}.test/a", { host: "b" }, {}, "http://b.test/a"],
    ["http://{host}.test", { host: "b" }, {}, "http://b.test/"],
    ["http://h.test/${stageVariables.path}", {}, {}, "http://h.test/"],
    ["http://h.test/a?${stageVariables.pair}", {}, { pair: "n=v" }, "http://h.test/a?n=v"],
    ["http://h.test/${path}", {}, {}, "http://h.test/$%7Bpath%7D"],
    ["http://h.test/ü", {}, {}, "http://h.test/%C3%BC"],
    ["http://h.test/a#frag", {}, {}, "http://h.test/a"],
  ])("resolves %s", (uri, values, variables, wanted) => {
    expect(resolve(uri, values as Record<string, string>, variables as Record<string, string>)).toBe(wanted);
  });

  it.each([
    "",
    "back.test/x",
    "ftp://h.test/",
    "https://",
    "http://user@h.test/",
    "http://h test/",
    "http://h.test:99999/",
  ])("has no endpoint for %j", (uri) => expect(resolve(uri)).toBeNull());

  it("does not let a value choose more than a part of the host", () => {
    expect(resolve("http://{h}.test/a", { h: "evil.example/x" })).toBeNull();
    expect(resolve("http://{h}.test/a", { h: "evil.example:1@b" })).toBeNull();
  });

  it("never lets a value leave the origin or smuggle white space into the target", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const endpoint = compileUri("http://h.test/p/{v}/q?x={v}", {}).resolve({ v: value });
        expect(endpoint?.origin).toBe("http://h.test");
        expect(endpoint?.path.startsWith("/p/")).toBe(true);
        expect(`${endpoint?.path}?${endpoint?.query}`).toMatch(/^[\x21-\x7e]*$/);
        expect(endpoint?.path).not.toMatch(/[?#]/);
      }),
    );
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: until here
