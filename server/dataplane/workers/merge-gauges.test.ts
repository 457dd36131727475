import { expect, it } from "vitest";
import type { Gauge } from "../telemetry/metrics-text";
import { countersOf, mergeGauges } from "./merge-gauges";

const gauge = (name: string, value: Gauge["value"], rest: Partial<Gauge> = {}): Gauge => ({
  name,
  help: name,
  type: "counter",
  value,
  ...rest,
});

it("adds up counts, label by label, and takes the greatest or least of what each worker has", () => {
  const of = (n: number): Gauge[] => [
    gauge("plain", n),
    gauge("labelled", { label: "limit", values: { plan: n, [`only${n}`]: 1 } }),
    gauge("series", [
      { labels: { api: "a" }, value: n },
      { labels: { api: `b${n}` }, value: 1 },
    ]),
    gauge("stages", n, { type: "gauge", overWorkers: "max" }),
    gauge("cursor", n, { type: "gauge", overWorkers: "min" }),
  ];
  const values = Object.fromEntries(mergeGauges([of(2), of(3)]).map(({ name, value }) => [name, value]));
  expect(values).toEqual({
    plain: 5,
    labelled: { label: "limit", values: { plan: 5, only2: 1, only3: 1 } },
    series: [
      { labels: { api: "a" }, value: 5 },
      { labels: { api: "b2" }, value: 1 },
      { labels: { api: "b3" }, value: 1 },
    ],
    stages: 3,
    cursor: 2,
  });
});

it("keeps of a worker that has ended only what must not count backwards", () => {
  const gauges = [
    gauge("requests", 5),
    gauge("memory", 9, { type: "gauge" }),
    gauge("latency", [], { type: "histogram" }),
  ];
  expect(countersOf(gauges).map(({ name }) => name)).toEqual(["requests", "latency"]);
});

it("adds up histograms bucket by bucket, sum and count", () => {
  const of = (n: number): Gauge[] => [
    gauge(
      "latency",
      [
        { suffix: "_bucket", labels: { api: "a", le: "1" }, value: n },
        { suffix: "_bucket", labels: { api: "a", le: "+Inf" }, value: n + 1 },
        { suffix: "_sum", labels: { api: "a" }, value: 0.5 },
        { suffix: "_count", labels: { api: "a" }, value: n + 1 },
      ],
      { type: "histogram" },
    ),
  ];
  const series = mergeGauges([of(2), of(3)])[0]?.value;
  expect(series).toMatchObject([5, 7, 1, 7].map((value) => ({ value })));
});
