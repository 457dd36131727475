import { describe, expect, it } from "vitest";
import { parseEnvironment } from "@/server/env";
import { programs } from "./programs";

describe("the programs", () => {
  it("get no secret that they do not need", () => {
    const secrets = {
      GATEHOUSE_SECRET: "a-secret-of-the-console",
      GATEHOUSE_OWNER_PASSWORD: "the-owners-password",
      GATEHOUSE_CLI_TOKEN_HASH: "0".repeat(64),
      GATEHOUSE_ACCESS_KEY_BOX: "0".repeat(64),
    };
    const list = programs({
      env: parseEnvironment({}),
      development: false,
      environment: () => ({ ...secrets, NODE_ENV: "test", DATABASE_URL: "postgresql://x" }),
      demoBackendPort: 1,
    });
    const known = Object.fromEntries(
      list.map(({ name, environment }) => [
        name,
        Object.keys(secrets).filter((secret) => environment()[secret] !== undefined),
      ]),
    );
    expect(known).toEqual({
      "demo-backend": [],
      gateway: ["GATEHOUSE_ACCESS_KEY_BOX"],
      console: Object.keys(secrets),
    });
    expect(list.every(({ environment }) => environment().DATABASE_URL === "postgresql://x")).toBe(true);
  });
});
