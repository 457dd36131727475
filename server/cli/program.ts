import { Command, CommanderError } from "commander";
import packageInfo from "@/package.json";
import { CliError, EXIT_CODES, type ExitCode } from "@/server/cli/cli-error";
import { addApisCommand } from "@/server/cli/commands/apis";
import { addBackupCommand } from "@/server/cli/commands/backup";
import { addCredentialsCommand } from "@/server/cli/commands/credentials";
import { addDeployCommand } from "@/server/cli/commands/deploy";
import { addExportCommand } from "@/server/cli/commands/export";
import { addImportCommand } from "@/server/cli/commands/import";
import { addInvokeCommand } from "@/server/cli/commands/invoke";
import { addKeysCommand } from "@/server/cli/commands/keys";
import { addPromoteCommand } from "@/server/cli/commands/promote";
import { addRenderCommand } from "@/server/cli/commands/render";
import { addRestoreCommand } from "@/server/cli/commands/restore";
import type { Terminal } from "@/server/cli/terminal";

const FOOTER = `
Exit codes: 0 done; 1 failed; 2 wrong usage; 3 Gatehouse not reachable, or not allowed.
On the machine where Gatehouse runs no sign-in is needed (GATEHOUSE_DATA_DIR, when not .gatehouse).
Elsewhere set GATEHOUSE_URL and GATEHOUSE_TOKEN.`;

const COMMANDS = [
  addImportCommand,
  addDeployCommand,
  addPromoteCommand,
  addInvokeCommand,
  addKeysCommand,
  addCredentialsCommand,
  addApisCommand,
  addRenderCommand,
  addExportCommand,
  addBackupCommand,
  addRestoreCommand,
];

function createProgram(terminal: Terminal): Command {
  const program = new Command("gatehouse")
    .description("Work with a Gatehouse API gateway from the shell.")
    .version(packageInfo.version);
  for (const add of COMMANDS) add(program, terminal);
  program.addHelpText("afterAll", FOOTER);
  const settle = (command: Command) => {
    command.exitOverride().showHelpAfterError("(--help shows how it is used)");
    command.configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    });
    for (const child of command.commands) settle(child);
  };
  settle(program);
  return program;
}

/** Runs one command line (without `node` and the program's name) and returns the exit code. */
export async function runCli(argv: string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await createProgram(terminal).parseAsync(argv, { from: "user" });
    return EXIT_CODES.ok;
  } catch (error) {
    // Commander has shown help or the reason already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    if (!(error instanceof CliError)) throw error;
    terminal.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}
