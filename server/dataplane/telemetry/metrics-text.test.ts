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

  it("has histograms as buckets, sum and count of one name", () => {
    const text = metricsText([
      {
        name: "h_seconds",
        help: "H.",
        type: "histogram",
        value: [
          { suffix: "_bucket", labels: { le: "+Inf" }, value: 2 },
          { suffix: "_count", labels: { api: "x" }, value: 2 },
        ],
      },
    ]);
    expect(text).toBe(
      '# HELP h_seconds H.\n# TYPE h_seconds histogram\nh_seconds_bucket{le="+Inf"} 2\nh_seconds_count{api="x"} 2\n',
    );
  });
});
