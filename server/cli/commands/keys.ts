import type { Command } from "commander";
import { CliError } from "@/server/cli/cli-error";
import { connect } from "@/server/cli/connection";
import type { ConsoleClient } from "@/server/cli/console-client";
import { collect, show, type Terminal, table } from "@/server/cli/terminal";

export type Key = {
  id: string;
  name: string;
  customerId: string | null;
  enabled: boolean;
  valueHint: string;
  plans: { id: string; name: string }[];
  usedToday: number;
};
export type KeyPage = { items: Key[]; nextCursor?: string | null };
type CreateOptions = {
  plan: string[];
  description?: string;
  customer?: string;
  value?: string;
  json?: boolean;
};

export function addKeysCommand(program: Command, terminal: Terminal) {
  const keys = program.command("keys").description("issue, revoke and list API keys");

  keys
    .command("create")
    .description("issue a key; its value is shown this once")
    .argument("<name>", "what the key is called")
    .option("--plan <id-or-name>", "usage plan of the key; may be given several times", collect, [])
    .option("--customer <id>", "your own name for who the key is for")
    .option("--description <text>", "a note")
    .option("--value <value>", "the key's value (20 to 128 characters) instead of a random one")
    .option("--json", "print the result as JSON")
    .action(async (name: string, options: CreateOptions) => {
      const client = connect(terminal);
      const planIds = await findPlans(client, options.plan);
      const created = await client.mutate<{ key: Key; value: string }>("apiKey.create", {
        name,
        description: options.description,
        customerId: options.customer,
        planIds,
        value: options.value,
      });
      const text = `Key ${created.key.id} issued. Keep the value, it is not shown again:\n${created.value}`;
      show(terminal, { json: options.json, value: created, text });
    });

  keys
    .command("revoke")
    .description("refuse requests with this key from now on")
    .argument("<key>", "id or name")
    .option("--json", "print the result as JSON")
    .action(async (idOrName: string, { json }: { json?: boolean }) => {
      const client = connect(terminal);
      const key = await findKey(client, idOrName);
      await client.mutate("apiKey.revoke", { keyId: key.id });
      const value = { id: key.id, name: key.name, enabled: false };
      show(terminal, { json, value, text: `Key ${key.id} (${key.name}) is revoked` });
    });

  keys
    .command("list", { isDefault: true })
    .description("list keys; values are never shown")
    .option("--search <text>", "only keys whose name, id or customer holds this")
    .option("--json", "print the result as JSON")
    .action(async ({ search, json }: { search?: string; json?: boolean }) => {
      const items = await allKeys(connect(terminal), search);
      const rows = items.map((key) => [
        key.id,
        key.name,
        `…${key.valueHint}`,
        key.enabled ? "active" : "revoked",
        key.plans.map((plan) => plan.name).join(", ") || "–",
        String(key.usedToday),
      ]);
      const text = table(["ID", "NAME", "VALUE", "STATE", "PLANS", "TODAY"], rows);
      show(terminal, { json, value: items, text });
    });
}

async function allKeys(client: ConsoleClient, search?: string): Promise<Key[]> {
  const items: Key[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.query<KeyPage>("apiKey.list", { search, cursor, limit: 100 });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

async function findKey(client: ConsoleClient, idOrName: string): Promise<Key> {
  const keys = await allKeys(client);
  const found = keys.filter((key) => key.id === idOrName);
  const named = found.length > 0 ? found : keys.filter((key) => key.name === idOrName);
  if (named.length > 1) throw new CliError(`${named.length} keys are called "${idOrName}": give an id`);
  if (!named[0]) throw new CliError(`There is no key "${idOrName}"; \`gatehouse keys list\` shows them all`);
  return named[0];
}

async function findPlans(client: ConsoleClient, wanted: string[]): Promise<string[]> {
  if (wanted.length === 0) return [];
  const plans = await client.query<{ id: string; name: string }[]>("usagePlan.list");
  return wanted.map((idOrName) => {
    const plan = plans.find(({ id }) => id === idOrName) ?? plans.find(({ name }) => name === idOrName);
    if (!plan)
      throw new CliError(
        `There is no usage plan "${idOrName}" (there are: ${plans.map(({ name }) => name).join(", ") || "none"})`,
      );
    return plan.id;
  });
}
