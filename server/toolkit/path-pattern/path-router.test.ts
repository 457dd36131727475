import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PathRouter } from "./path-router";

function routerOf(...routes: string[]): PathRouter<string> {
  const router = new PathRouter<string>();
  for (const route of routes) {
    const [method, path] = route.split(" ") as [string, string];
    router.add(path.split("/").filter(Boolean), method, route);
  }
  return router;
}

describe("PathRouter", () => {
  it("prefers a fixed part to a variable, and a variable to a greedy one", () => {
    const router = routerOf("GET /pets/top", "GET /pets/{id}", "GET /{all+}");
    expect(router.match("GET", "/pets/top")?.value).toBe("GET /pets/top");
    expect(router.match("GET", "/pets/7")?.value).toBe("GET /pets/{id}");
    expect(router.match("GET", "/pets/7/toys")?.value).toBe("GET /{all+}");
  });

  it("falls back to a greedy resource when the better one lacks the method", () => {
    const router = routerOf("POST /test", "ANY /test/any", "OPTIONS /{proxy+}");
    expect(router.match("OPTIONS", "/test")?.value).toBe("OPTIONS /{proxy+}");
    expect(router.match("OPTIONS", "/test/any")?.value).toBe("ANY /test/any");
    expect(router.match("GET", "/test")).toBeNull();
  });

  it("leaves a dead end and tries the next best branch", () => {
    const router = routerOf("GET /part1", "GET /part1/hardcoded", "GET /{param+}");
    const match = router.match("GET", "/part1/random");
    expect(match?.value).toBe("GET /{param+}");
    expect({ ...match?.parameters }).toEqual({ param: "part1/random" });
  });

  it("forgets values captured in a branch it left", () => {
    const router = routerOf("GET /{a}/x", "GET /{a}/{b}/y", "GET /{rest+}");
    expect({ ...router.match("GET", "/1/2/z")?.parameters }).toEqual({ rest: "1/2/z" });
    expect({ ...router.match("GET", "/1/2/y")?.parameters }).toEqual({ a: "1", b: "2" });
  });

  it("lets an explicit verb beat ANY on the same resource, and ANY serve only the seven verbs", () => {
    const router = routerOf("ANY /a", "GET /a");
    expect(router.match("GET", "/a")?.value).toBe("GET /a");
    expect(router.match("HEAD", "/a")?.value).toBe("ANY /a");
    expect(router.match("TRACE", "/a")).toBeNull();
  });

  it("does not answer HEAD with GET", () => {
    expect(routerOf("GET /a").match("HEAD", "/a")).toBeNull();
  });

  it("ignores leading and trailing slashes but keeps inner double slashes in a greedy value", () => {
    const router = routerOf("GET /a", "GET /p/{proxy+}", "GET /");
    expect(router.match("GET", "//a/")?.value).toBe("GET /a");
    expect(router.match("GET", "///")?.value).toBe("GET /");
    expect({ ...router.match("GET", "/p/x//y/")?.parameters }).toEqual({ proxy: "x//y" });
  });

  it("does not let a greedy resource match its own parent", () => {
    expect(routerOf("GET /p/{proxy+}").match("GET", "/p/")).toBeNull();
  });

  it("keeps parameter values undecoded", () => {
    const match = routerOf("GET /{proxy+}").match("GET", "/test%2Balias@x.org/plus/a+b");
    expect(match?.parameters.proxy).toBe("test%2Balias@x.org/plus/a+b");
  });

  it("finds every route it was given by its own path", () => {
    const part = fc.oneof(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.stringMatching(/^[a-z]{1,3}$/).map((n) => `{${n}}`),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.array(part, { maxLength: 4 }), {
          maxLength: 12,
          selector: (p) => p.map((x) => (x.startsWith("{") ? "{}" : x)).join("/"),
        }),
        (paths) => {
          const router = new PathRouter<string>();
          for (const parts of paths) router.add(parts, "GET", parts.join("/"));
          for (const parts of paths) {
            const concrete = parts.map((p) => (p.startsWith("{") ? "ZZ" : p));
            expect(router.match("GET", `/${concrete.join("/")}`)).not.toBeNull();
          }
        },
      ),
    );
  });
});
