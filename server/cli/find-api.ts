import { CliError } from "@/server/cli/cli-error";
import type { ConsoleClient } from "@/server/cli/console-client";

export type ApiRow = {
  id: string;
  name: string;
  description: string;
  revision: number;
  resourceCount: number;
  methodCount: number;
  stages: { name: string; deploymentNumber: number; inSync: boolean }[];
};

/** An API by its id, or by its name when only one has it. */
export async function findApi(client: ConsoleClient, idOrName: string): Promise<ApiRow> {
  const apis = await client.query<ApiRow[]>("api.list");
  const byId = apis.find((api) => api.id === idOrName);
  if (byId) return byId;
  const named = apis.filter((api) => api.name === idOrName);
  if (named.length > 1) {
    throw new CliError(
      `${named.length} APIs are called "${idOrName}": give one of the ids ${named.map((api) => api.id).join(", ")}`,
    );
  }
  if (!named[0]) throw new CliError(`There is no API "${idOrName}"; \`gatehouse apis list\` shows them all`);
  return named[0];
}
