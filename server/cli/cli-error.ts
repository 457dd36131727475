/** What the shell gets to know. */
export const EXIT_CODES = { ok: 0, failed: 1, usage: 2, notReachable: 3 } as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** A failure with the text for standard error and the exit code. */
export class CliError extends Error {
  override name = "CliError";

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT_CODES.failed,
  ) {
    super(message);
  }
}
