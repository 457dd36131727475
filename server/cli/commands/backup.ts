import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { CliError } from "@/server/cli/cli-error";
import { connect } from "@/server/cli/connection";
import { PASSPHRASE_OPTION, type PassphraseOptions, passphraseHeader } from "@/server/cli/passphrase";
import { show, type Terminal } from "@/server/cli/terminal";

type Options = PassphraseOptions & { withLogs?: boolean; withSecret?: boolean; json?: boolean };

export function addBackupCommand(program: Command, terminal: Terminal) {
  program
    .command("backup")
    .description("write everything an instance is set up with to one file, while it runs (for owners)")
    .argument("<file>", "the file; - writes to standard output")
    .option("--with-logs", "the request log and metrics too")
    .option("--with-secret", "GATEHOUSE_SECRET too, so that any instance can open it; needs a passphrase")
    .option(...PASSPHRASE_OPTION)
    .option("--json", "print the result as JSON")
    .action((file: string, options: Options) => backup(terminal, file, options));
}

async function backup(terminal: Terminal, file: string, options: Options): Promise<void> {
  const headers = await passphraseHeader(terminal, options);
  const query = {
    withLogs: String(options.withLogs ?? false),
    withSecret: String(options.withSecret ?? false),
  };
  const content = await connect(terminal).transfer("/api/backup", { query, headers });
  if (file === "-") return pipeline(content, terminal.stdout, { end: false });
  const target = path.resolve(terminal.cwd, file);
  const { bytes, sha256 } = await keep(content, target, file);
  const opensWith = options.withSecret
    ? "It holds GATEHOUSE_SECRET: keep file and passphrase apart."
    : "Its secrets open only with the GATEHOUSE_SECRET of this instance: keep that too.";
  show(terminal, {
    json: options.json,
    value: { file: target, bytes, sha256 },
    text: `Wrote ${file} (${bytes} bytes, SHA-256 ${sha256})\n${opensWith}`,
  });
}

/** Under its name only when it is whole. */
async function keep(
  content: Readable,
  target: string,
  file: string,
): Promise<{ bytes: number; sha256: string }> {
  const part = `${target}.${process.pid}.part`;
  const hash = createHash("sha256");
  let bytes = 0;
  content.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  try {
    await pipeline(content, createWriteStream(part, { mode: 0o600, flags: "wx" }));
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw new CliError(`The backup could not be written to ${file}: ${(error as Error).message}`);
  }
  return { bytes, sha256: hash.digest("hex") };
}
