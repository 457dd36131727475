import { describe, expect, it } from "vitest";
import { refuseBody } from "./refuse-body";

describe("a request body", () => {
  it.each([
    ["none", {}, null],
    ["one that fits", { "content-length": "10" }, null],
    ["a larger one", { "content-length": "11" }, 413],
    ["one of a length that is no number", { "content-length": "many" }, 413],
    ["one that does not say how long it is", { "transfer-encoding": "chunked" }, 411],
  ])("%s", (_, headers, status) => {
    const refusal = refuseBody({ headers: new Headers(headers as Record<string, string>) }, 10);
    expect(refusal?.status ?? null).toBe(status);
  });
});
