import { describe, expect, it } from "vitest";
import { questionOf, rangeOf, refreshMs, requestLogHref } from "./metric-address";

const address = (query: string) => {
  const params = new URLSearchParams(query);
  return (name: string) => params.get(name);
};

describe("the address of the charts", () => {
  it("says the time: a known range, or from when to when; three hours where it makes no sense", () => {
    expect(rangeOf(address("range=60"))).toEqual({ minutes: 60 });
    expect(rangeOf(address("range=61"))).toEqual({ minutes: 180 });
    const fromMs = Date.UTC(2026, 10, 26, 10);
    expect(rangeOf(address("from=2026-11-26T10:00:00Z&to=2026-11-26T11:00:00Z&range=60"))).toEqual({
      fromMs,
      toMs: fromMs + 3_600_000,
    });
    expect(rangeOf(address("from=2026-11-26T10:00:00Z&to=2026-11-26T09:00:00Z"))).toEqual({ minutes: 180 });
    expect(rangeOf(address("from=2020-11-26T10:00:00Z&to=2026-11-26T09:00:00Z"))).toEqual({ minutes: 180 });
  });

  it("says stage and method, or plan and key instead of the method", () => {
    expect(questionOf("a", address("stage=prod&route=GET+/pets"))).toMatchObject({
      apiId: "a",
      stage: "prod",
      route: "GET /pets",
    });
    expect(questionOf("a", address("route="))).toMatchObject({ route: "" });
    const ofKey = questionOf("a", address("route=GET+/pets&plan=p&key="));
    expect(ofKey).toMatchObject({ planId: "p", keyId: "" });
    expect(ofKey).not.toHaveProperty("route");
  });

  it("refreshes what ends now", () => {
    expect(refreshMs({ minutes: 60 })).toBe(10_000);
    expect(refreshMs({ fromMs: 1, toMs: 2 })).toBe(false);
  });
});

it("leads to the request log with the time, and as much of the filters as the log knows", () => {
  const time = { fromMs: Date.UTC(2026, 10, 26, 10), toMs: Date.UTC(2026, 10, 26, 10, 1) };
  const href = requestLogHref(
    { apiId: "a", stage: "prod", route: "GET /pets/{petId}", keyId: "k" },
    { ...time, status: "5xx" },
  );
  const [path, query] = href.split("?");
  expect(path).toBe("/apis/a/stages/prod");
  expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
    tab: "requests",
    from: "2026-11-26T10:00:00.000Z",
    to: "2026-11-26T10:01:00.000Z",
    status: "5xx",
    method: "GET",
    path: "/pets/",
    key: "k",
  });
  const any = new URLSearchParams(requestLogHref({ apiId: "a", stage: "prod", route: "ANY /" }, time));
  expect([any.get("method"), any.get("path")]).toEqual([null, null]);
});
