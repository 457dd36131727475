import type { Environment } from "@/server/env";
import type { Program } from "@/server/launcher/supervisor/supervisor";

type Input = {
  env: Environment;
  development: boolean;
  /** What all programs get on top of the variables of this process. */
  environment: () => NodeJS.ProcessEnv;
  demoBackendPort: number;
};

/** What only the console may know. */
const CONSOLE_SECRETS = ["GATEHOUSE_SECRET", "GATEHOUSE_OWNER_PASSWORD", "GATEHOUSE_CLI_TOKEN_HASH"];

/** What reads the secrets of access keys: the console and, to check signatures, the gateway. */
const ACCESS_KEY_BOX = "GATEHOUSE_ACCESS_KEY_BOX";

function without(environment: NodeJS.ProcessEnv, secrets: readonly string[]): NodeJS.ProcessEnv {
  const entries = Object.entries(environment).filter(([name]) => !secrets.includes(name));
  return Object.fromEntries(entries) as NodeJS.ProcessEnv;
}

/** The programs that run beside each other; the database is not one of them. */
export function programs({ env, development, environment, demoBackendPort }: Input): Program[] {
  const mode = development ? "development" : "production";
  const shared = () => ({ ...environment(), NODE_ENV: mode as "development" | "production" });
  const list: Program[] = [
    {
      name: "demo-backend",
      script: "dist/demo-backend.mjs",
      args: [String(demoBackendPort)],
      environment: () => without(shared(), [...CONSOLE_SECRETS, ACCESS_KEY_BOX]),
    },
    {
      name: "gateway",
      script: "dist/dataplane.mjs",
      // A request leaves much short-lived garbage: with room for it, a proxied request costs a fifth less.
      nodeArgs: ["--enable-source-maps", "--max-semi-space-size=64"],
      environment: () => without(shared(), CONSOLE_SECRETS),
      // Requests that have begun may end: 30 s, and a little for what was counted.
      killAfterMs: 35_000,
    },
    {
      name: "console",
      script: "node_modules/next/dist/bin/next",
      args: [development ? "dev" : "start", "--port", String(env.consolePort), "--hostname", env.host],
      environment: () => ({ ...shared(), NEXT_TELEMETRY_DISABLED: "1" }),
    },
  ];
  if (development) {
    list.unshift({
      name: "bundler",
      script: "scripts/build-server.mjs",
      args: ["dataplane", "demo-backend", "--watch"],
      environment: shared,
    });
  }
  return list;
}
