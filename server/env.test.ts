import { describe, expect, it } from "vitest";
import { parseEnvironment } from "@/server/env";

describe("the environment", () => {
  it("has a value for everything that an instance needs", () => {
    const env = parseEnvironment({ GATEHOUSE_HOME: "/srv/gatehouse" });
    expect(env).toMatchObject({
      host: "127.0.0.1",
      consolePort: 3000,
      gatewayPort: 8080,
      dataDir: "/srv/gatehouse/.gatehouse",
      logLevel: "info",
      cacheMb: 256,
    });
  });

  it("finds where spans go as OpenTelemetry's exporters do", () => {
    const endpoint = (source: Record<string, string>) => parseEnvironment(source).traceEndpoint;
    const OTEL_EXPORTER_OTLP_ENDPOINT = "http://collector:4318/";
    expect(endpoint({})).toBeUndefined();
    expect(endpoint({ OTEL_EXPORTER_OTLP_ENDPOINT })).toBe("http://collector:4318/v1/traces");
    const OTEL_EXPORTER_OTLP_TRACES_ENDPOINT = "https://other/spans";
    expect(endpoint({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT })).toBe(
      "https://other/spans",
    );
    expect(endpoint({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: "TRUE" })).toBeUndefined();
    expect(() => endpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" })).toThrow(
      "OTEL_EXPORTER_OTLP_ENDPOINT must be a URL",
    );
  });

  it("samples as X-Ray does unless told", () => {
    expect(parseEnvironment({})).toMatchObject({ traceReservoir: 1, tracePercent: 5 });
    const told = { GATEHOUSE_TRACE_RESERVOIR: "0", GATEHOUSE_TRACE_PERCENT: "0.25" };
    expect(parseEnvironment(told)).toMatchObject({ traceReservoir: 0, tracePercent: 0.25 });
    expect(() => parseEnvironment({ GATEHOUSE_TRACE_PERCENT: "101" })).toThrow("must be at most 100");
    expect(() => parseEnvironment({ GATEHOUSE_TRACE_RESERVOIR: "-1" })).toThrow("0 or more");
  });

  it("takes an empty variable as one that is not set", () => {
    expect(parseEnvironment({ DATABASE_URL: "", GATEHOUSE_CONSOLE_PORT: "" }).consolePort).toBe(3000);
  });

  it("reads budgets of mapping templates, and names what it does not know", () => {
    const limits = (text: string) => parseEnvironment({ GATEHOUSE_TEMPLATE_LIMITS: text }).templateLimits;
    expect(parseEnvironment({}).templateLimits).toEqual({});
    expect(limits("steps=20000000, maxMs=10000")).toEqual({ steps: 20_000_000, maxMs: 10_000 });
    for (const wrong of ["steps", "steps=0", "steps=-1", "nowMs=5", "constructor=1", "steps=1e9"]) {
      expect(() => limits(wrong)).toThrow(/GATEHOUSE_TEMPLATE_LIMITS must be name=number/);
    }
  });

  it("names every wrong variable in one line", () => {
    const wrong = {
      GATEHOUSE_CONSOLE_PORT: "0",
      GATEHOUSE_GATEWAY_PORT: "x",
      DATABASE_URL: "mysql://a",
      GATEHOUSE_OWNER_PASSWORD: "short",
    };
    const message = (() => {
      try {
        parseEnvironment(wrong);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message).not.toContain("\n");
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
  });
});
