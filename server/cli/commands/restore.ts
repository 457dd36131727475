import { createReadStream, statSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import type { Command } from "commander";
import { CliError, EXIT_CODES } from "@/server/cli/cli-error";
import { connect } from "@/server/cli/connection";
import { waitUntilLive } from "@/server/cli/deploy-api";
import { PASSPHRASE_OPTION, type PassphraseOptions, passphraseHeader } from "@/server/cli/passphrase";
import { show, type Terminal } from "@/server/cli/terminal";

type Options = PassphraseOptions & { replace?: boolean; json?: boolean };
export type Restored = { rows: number; madeAt: string; configChangeId: string };

export function addRestoreCommand(program: Command, terminal: Terminal) {
  program
    .command("restore")
    .description("put a backup into an instance in which nothing has been done yet (for owners)")
    .argument("<file>", "what `gatehouse backup` wrote; - reads standard input")
    .option("--replace", "throw away everything the instance has, first")
    .option(...PASSPHRASE_OPTION)
    .option("--json", "print the result as JSON")
    .action((file: string, options: Options) => restore(terminal, file, options));
}

async function restore(terminal: Terminal, file: string, options: Options): Promise<void> {
  const headers = await passphraseHeader(terminal, options);
  const client = connect(terminal);
  const body = open(terminal, file);
  if (options.replace) terminal.stderr.write("Everything this instance has is replaced by the backup.\n");
  const query = { replace: String(options.replace ?? false) };
  const answer = await client.transfer("/api/restore", { query, headers, body });
  const { configChangeId, ...restored } = (await json(answer)) as Restored;
  // The token that asked may be gone with what was replaced.
  const gateways = await waitUntilLive(client, configChangeId).catch(() => null);
  const live = gateways ? `, live on ${gateways.applied} of ${gateways.nodes} gateways` : "";
  show(terminal, {
    json: options.json,
    value: { ...restored, gateways },
    text: `Restored ${restored.rows} rows of ${restored.madeAt}${live}. Sign in again: sessions are not part of a backup.`,
  });
}

function open(terminal: Terminal, file: string): Readable {
  if (file === "-") return terminal.stdin;
  const source = path.resolve(terminal.cwd, file);
  if (!statSync(source, { throwIfNoEntry: false })?.isFile()) {
    throw new CliError(`${file} cannot be read: there is no such file`, EXIT_CODES.usage);
  }
  return createReadStream(source);
}
