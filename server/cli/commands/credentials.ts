import { type Command, Option } from "commander";
import { CliError } from "@/server/cli/cli-error";
import { connect } from "@/server/cli/connection";
import { readTextOption, show, type Terminal, table } from "@/server/cli/terminal";
import { ROLES, type Role } from "@/server/domain/permissions";

export type Credential = {
  id: string;
  name: string;
  role: string;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};
export type NewCredential = { accessKeyId: string; secretAccessKey: string };
type CreateOptions = { role: Role; policy?: string; json?: boolean };

export function addCredentialsCommand(program: Command, terminal: Terminal) {
  const credentials = program
    .command("credentials")
    .description("access keys for AWS's own clients (CLI, SDKs, Terraform)");

  credentials
    .command("create")
    .description("make an access key; its secret is shown this once")
    .argument("[name]", "what uses it", "aws")
    .addOption(new Option("--role <role>", "what it may do").choices([...ROLES]).default("developer"))
    .option("--policy <json>", "IAM policy for methods with AWS_IAM authorization; @file reads a file")
    .option("--json", "print the result as JSON")
    .action(async (name: string, { role, policy, json }: CreateOptions) => {
      const created = await connect(terminal).mutate<NewCredential>("accessKey.create", {
        name,
        role,
        policy: policy === undefined ? undefined : parsePolicy(await readTextOption(terminal, policy)),
      });
      const text = `AWS_ACCESS_KEY_ID=${created.accessKeyId}\nAWS_SECRET_ACCESS_KEY=${created.secretAccessKey}`;
      show(terminal, { json, value: created, text });
    });

  credentials
    .command("revoke")
    .description("refuse requests signed with this access key from now on")
    .argument("<access-key-id>", "AKIA…")
    .option("--json", "print the result as JSON")
    .action(async (accessKeyId: string, { json }: { json?: boolean }) => {
      await connect(terminal).mutate("accessKey.revoke", { accessKeyId });
      const value = { accessKeyId, revoked: true };
      show(terminal, { json, value, text: `Access key ${accessKeyId} is revoked` });
    });

  credentials
    .command("list", { isDefault: true })
    .description("list access keys; secrets are never shown")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const keys = await connect(terminal).query<Credential[]>("accessKey.list");
      const rows = keys.map(({ id, name, role, revokedAt, lastUsedAt }) => [
        id,
        name,
        role,
        revokedAt ? "revoked" : "active",
        lastUsedAt ? lastUsedAt.toISOString() : "never used",
      ]);
      const text = table(["ACCESS KEY ID", "NAME", "ROLE", "STATE", "LAST USED"], rows);
      show(terminal, { json, value: keys, text });
    });
}

function parsePolicy(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`The policy is not JSON: ${(error as Error).message}`);
  }
}
