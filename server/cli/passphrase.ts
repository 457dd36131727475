import { CliError, EXIT_CODES } from "@/server/cli/cli-error";
import { readSource, type Terminal } from "@/server/cli/terminal";

export type PassphraseOptions = { passphraseFile?: string };

/** Where a passphrase comes from: never from the command line itself, which other users of the machine can read. */
export const PASSPHRASE_OPTION = [
  "--passphrase-file <file>",
  "a file whose first line is the passphrase (or set GATEHOUSE_BACKUP_PASSPHRASE)",
] as const;

/** As the console takes it; nothing without a passphrase. */
export async function passphraseHeader(
  terminal: Terminal,
  { passphraseFile }: PassphraseOptions,
): Promise<Record<string, string>> {
  const given = passphraseFile
    ? (await readSource(terminal, passphraseFile)).split(/\r?\n/, 1)[0]
    : terminal.env.GATEHOUSE_BACKUP_PASSPHRASE;
  if (passphraseFile && !given) throw new CliError(`${passphraseFile} is empty`, EXIT_CODES.usage);
  return given ? { "x-gatehouse-passphrase": Buffer.from(given, "utf8").toString("base64url") } : {};
}
