/** A number Prometheus reads, with what it means. */
export type Gauge = {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  value: number | Labelled | Series;
  /** What several workers' values are together; their sum unless told. */
  overWorkers?: "max" | "min";
};
/** Values by several labels. A histogram's have suffixes: its buckets (cumulative, `le`), their sum and count. */
export type Series = readonly Sample[];
export type Sample = {
  readonly suffix?: "_bucket" | "_sum" | "_count";
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};
/** Values by what a label says. */
export type Labelled = { readonly label: string; readonly values: Readonly<Record<string, number>> };

/** Prometheus's text format. */
export function metricsText(gauges: readonly Gauge[]): string {
  return gauges
    .map(
      ({ name, help, type, value }) =>
        `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples(name, value)}`,
    )
    .join("");
}

function samples(name: string, value: Gauge["value"]): string {
  if (typeof value === "number") return `${name} ${value}\n`;
  if (!("label" in value)) {
    return value
      .map(({ suffix = "", labels, value }) => `${name}${suffix}{${labelsText(labels)}} ${value}\n`)
      .join("");
  }
  return Object.entries(value.values)
    .map(([text, number]) => `${name}{${value.label}="${text}"} ${number}\n`)
    .join("");
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([label, text]) => `${label}="${text.replace(/[\\"\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`))}"`)
    .join(",");
}
