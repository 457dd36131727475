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
    });
  });

  it("takes an empty variable as one that is not set", () => {
    expect(parseEnvironment({ DATABASE_URL: "", GATEHOUSE_CONSOLE_PORT: "" }).consolePort).toBe(3000);
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
