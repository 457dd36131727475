import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@/server/env";
import { LaunchError } from "@/server/launcher/launch-error";
import { canListen, findFreePort } from "@/server/launcher/ports";

/** What a person types: the loopback and wildcard addresses are called localhost. */
export function publicUrl(host: string, port: number) {
  const name = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host) ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** Where this machine reaches a program that listens on `host`. */
export function localUrl(host: string, port: number) {
  return publicUrl(host, port).replace("localhost", host === "::1" ? "[::1]" : "127.0.0.1");
}

/** Throws when a port is taken. Waits a little for the children of a launcher that was killed. */
export async function claimPorts(env: Environment, patienceMs: number) {
  const ports = portsOf(env);
  for (const [index, [variable, port]] of ports.entries()) {
    const [other] = ports.slice(0, index).find(([, earlier]) => earlier === port) ?? [];
    if (other) throw new LaunchError(`${other} and ${variable} are both ${port}; give them different ports`);
  }
  const deadline = Date.now() + patienceMs;
  for (const [variable, port] of ports) {
    while (!(await isFree(port, env.host))) {
      if (Date.now() >= deadline) {
        throw new LaunchError(
          `Port ${port} is already in use; end the program that holds it, or set ${variable} to another port`,
        );
      }
      await sleep(200);
    }
  }
}

/** Ports that were asked for, with who asked. */
function portsOf({ consolePort, gatewayPort, tlsPort }: Environment): [string, number][] {
  const tls: [string, number][] = tlsPort === undefined ? [] : [["GATEHOUSE_TLS_PORT", tlsPort]];
  return [["GATEHOUSE_CONSOLE_PORT", consolePort], ["GATEHOUSE_GATEWAY_PORT", gatewayPort], ...tls];
}

/** `localhost` may mean ::1 first: a program that listens only there would be reached instead of ours. */
async function isFree(port: number, host: string) {
  const hosts = host === "127.0.0.1" ? [host, "::1"] : [host];
  for (const one of hosts) if (!(await canListen(port, one))) return false;
  return true;
}

/** The demo backend keeps its port over restarts, because the sample API names it. */
export async function demoBackendPort(env: Environment): Promise<number> {
  const file = path.join(env.dataDir, "demo-backend.json");
  let kept: number | undefined;
  try {
    kept = JSON.parse(readFileSync(file, "utf8")).port;
  } catch {}
  const taken = portsOf(env).map(([, port]) => port);
  for (const port of [kept, env.gatewayPort + 1]) {
    if (port && port <= 65535 && !taken.includes(port) && (await isFree(port, "127.0.0.1")))
      return keep(file, port);
  }
  return keep(file, await findFreePort());
}

function keep(file: string, port: number) {
  writeFileSync(file, JSON.stringify({ port }));
  return port;
}
