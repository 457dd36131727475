import { describe, expect, it } from "vitest";
import { metricsText } from "./metrics-text";

describe("Prometheus's text", () => {
  it("has samples without, with one and with several labels, escaped", () => {
    const text = metricsText([
      { name: "a", help: "A.", type: "gauge", value: 1 },
      { name: "b", help: "B.", type: "counter", value: { label: "limit", values: { plan: 2 } } },
      {
        name: "c",
        help: "C.",
        type: "counter",
        value: [{ labels: { api: "x", method: 'GET /"\\' }, value: 3 }],
      },
    ]);
    expect(text.split("\n").filter((line) => !line.startsWith("#"))).toEqual([
      "a 1",
      'b{limit="plan"} 2',
      'c{api="x",method="GET /\\"\\\\"} 3',
      "",
    ]);
  });
});
