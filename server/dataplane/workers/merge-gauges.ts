import type { Gauge, Sample, Series } from "../telemetry/metrics-text";

/** Adds up what workers tell, name by name and label by label; of what all of them have, such as stages, the greatest or least. */
export function mergeGauges(lists: readonly (readonly Gauge[])[]): Gauge[] {
  const merged = new Map<string, Gauge>();
  for (const list of lists) {
    for (const gauge of list) {
      const before = merged.get(gauge.name);
      merged.set(gauge.name, before ? { ...gauge, value: combine(before, gauge) } : gauge);
    }
  }
  return [...merged.values()];
}

/** Of a worker that has ended: what must not count backwards. */
export function countersOf(gauges: readonly Gauge[]): Gauge[] {
  return gauges.filter((gauge) => gauge.type !== "gauge");
}

function combine(a: Gauge, b: Gauge): Gauge["value"] {
  const add = { sum: (x: number, y: number) => x + y, max: Math.max, min: Math.min }[b.overWorkers ?? "sum"];
  if (typeof a.value === "number") return typeof b.value === "number" ? add(a.value, b.value) : b.value;
  if (typeof b.value === "number") return b.value;
  if ("label" in a.value || "label" in b.value) {
    if (!("label" in a.value) || !("label" in b.value)) return b.value;
    const values = { ...a.value.values };
    for (const [name, value] of Object.entries(b.value.values)) {
      values[name] = name in values ? add(values[name] as number, value) : value;
    }
    return { label: b.value.label, values };
  }
  return combineSeries(a.value, b.value, add);
}

function combineSeries(a: Series, b: Series, add: (x: number, y: number) => number): Series {
  const keyOf = ({ suffix, labels }: Sample) => `${suffix ?? ""}${JSON.stringify(labels)}`;
  const byLabels = new Map(a.map((sample) => [keyOf(sample), sample]));
  for (const sample of b) {
    const key = keyOf(sample);
    const before = byLabels.get(key);
    byLabels.set(key, before ? { ...sample, value: add(before.value, sample.value) } : sample);
  }
  return [...byLabels.values()];
}
