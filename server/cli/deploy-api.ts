import { setTimeout as sleep } from "node:timers/promises";
import type { ConsoleClient } from "@/server/cli/console-client";

export type Deployed = {
  deploymentId: string;
  number: number;
  stageName: string;
  invokeUrl: string;
  /** How many of the running gateways serve it. */
  gateways: { nodes: number; applied: number };
};

export type Created = Omit<Deployed, "gateways"> & { configChangeId: string };

type Input = { apiId: string; stageName: string; revision: number; description?: string };

const APPLY_TIMEOUT_MS = 10_000;

/** Deploys the draft and waits until it is live. */
export async function deployApi(client: ConsoleClient, input: Input): Promise<Deployed> {
  const { configChangeId, ...created } = await client.mutate<Created>("deployment.create", input);
  return { ...created, gateways: await waitUntilLive(client, configChangeId) };
}

/** Waits until every running gateway has taken a change in, or ten seconds; says how many have. */
export async function waitUntilLive(
  client: ConsoleClient,
  configChangeId: string,
): Promise<Deployed["gateways"]> {
  const deadline = Date.now() + APPLY_TIMEOUT_MS;
  for (;;) {
    const gateways = await client.query<Deployed["gateways"]>("deployment.applied", { configChangeId });
    if (gateways.applied >= gateways.nodes || Date.now() > deadline) return gateways;
    await sleep(100);
  }
}

export function deployedText(
  { number, stageName, invokeUrl, gateways }: Deployed,
  what = `Deployed #${number}`,
): string {
  const where =
    gateways.nodes === 0
      ? "no gateway runs now; it is served as soon as one does"
      : `live on ${gateways.applied} of ${gateways.nodes} gateways`;
  return `${what} to ${stageName} (${where})\n${invokeUrl}`;
}
