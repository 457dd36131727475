import { readFileSync } from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { CliError, EXIT_CODES } from "@/server/cli/cli-error";

/** What a command reads from and writes to; tests give their own. */
export type Terminal = {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  env: Record<string, string | undefined>;
  cwd: string;
};

/** Shows a result: as one JSON value for programs, else as text for people. */
export function show(terminal: Terminal, result: { json?: boolean; value: unknown; text: string }) {
  const text = result.json ? JSON.stringify(result.value, null, 2) : result.text;
  if (text !== "") terminal.stdout.write(`${text}\n`);
}

/** Columns as wide as their widest cell; no lines, so that it can be cut with the usual tools. */
export function table(header: string[], rows: string[][]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [header, ...rows].map(line).join("\n");
}

/** A file's text; `-` is standard input. */
export async function readSource(terminal: Terminal, file: string): Promise<string> {
  if (file === "-") return readAll(terminal.stdin);
  try {
    return readFileSync(path.resolve(terminal.cwd, file), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw new CliError(`${file} cannot be read: ${reason}`, EXIT_CODES.usage);
  }
}

async function readAll(stream: Readable) {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** Text given in place, or the text of a file when it is written as `@file` or names a file that exists. */
export async function readTextOption(terminal: Terminal, value: string): Promise<string> {
  return value === "-"
    ? readSource(terminal, value)
    : value.startsWith("@")
      ? readSource(terminal, value.slice(1))
      : value;
}

/** `name: value` or `name=value`, as often as the option was given. */
export function parsePairs(option: string, pairs: string[], separator: ":" | "="): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf(separator);
      if (at < 1)
        throw new CliError(`${option} "${pair}" is not of the form name${separator}value`, EXIT_CODES.usage);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

/** For options that may be given several times. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
