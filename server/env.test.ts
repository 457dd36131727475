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
