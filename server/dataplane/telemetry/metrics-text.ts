/** A number Prometheus reads, with what it means. */
export type Gauge = { name: string; help: string; type: "counter" | "gauge"; value: number };

/** Prometheus's text format. */
export function metricsText(gauges: readonly Gauge[]): string {
  return gauges
    .map(
      ({ name, help, type, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`,
    )
    .join("");
}
