import { describe, expect, it } from "vitest";
import { filterOf, mergeRequests, timeWords } from "./request-filter";

const address = (query: string) => {
  const params = new URLSearchParams(query);
  return (name: string) => params.get(name);
};

describe("the filter of an address", () => {
  it("is what its chips say", () => {
    expect(filterOf(address("status=4xx&method=GET&path=/pets&key=Mobile&requestId=r1&since=60"))).toEqual({
      status: "4xx",
      method: "GET",
      path: "/pets",
      key: "Mobile",
      requestId: "r1",
      minutes: 60,
    });
  });

  it("has the time from when to when", () => {
    const time = "from=2026-11-26T10:00:00Z&to=2026-11-26T10:05:00Z";
    const fromMs = Date.UTC(2026, 10, 26, 10);
    expect(filterOf(address(time))).toEqual({ fromMs, toMs: fromMs + 300_000 });
    expect(filterOf(address("from=yesterday&to="))).toEqual({});
  });

  it("is told with seconds where there are any", () => {
    const fromMs = Date.UTC(2026, 10, 26, 10);
    expect(timeWords({ fromMs, toMs: fromMs + 60_000 })).toMatch(/^26 Nov, \d\d:00 – 26 Nov, \d\d:01$/);
    expect(timeWords({ fromMs, toMs: fromMs + 30_000 })).toMatch(/^26 Nov, \d\d:00:00 – 26 Nov, \d\d:00:30$/);
  });

  it("leaves out what makes no sense", () => {
    expect(filterOf(address("status=9xx&path=%20&since=-1&tab=requests"))).toEqual({});
  });
});

describe("requests that came live and that were found", () => {
  it("are one list, newest first, each once", () => {
    const ids = (...list: string[]) => list.map((id) => ({ id }));
    expect(mergeRequests(ids("11", "10"), ids("10", "9"), 10)).toEqual(ids("11", "10", "9"));
    expect(mergeRequests(ids("100", "9"), [], 1)).toEqual(ids("100"));
  });
});
