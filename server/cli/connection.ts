import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { CliError, EXIT_CODES } from "@/server/cli/cli-error";
import { type ConsoleClient, createConsoleClient } from "@/server/cli/console-client";
import type { Terminal } from "@/server/cli/terminal";
import { EnvironmentError, parseEnvironment } from "@/server/env";

const instanceSchema = z.object({ consoleUrl: z.string() });

/**
 * Which console to talk to, and as whom. On the machine of the instance: the address and the token that the launcher
 * left in the data folder. Elsewhere GATEHOUSE_URL and GATEHOUSE_TOKEN; the local token is never sent to another address.
 */
export function connect(terminal: Terminal): ConsoleClient {
  const env = readEnvironment(terminal);
  const localUrl = readInstanceUrl(env.dataDir) ?? `http://localhost:${env.consolePort}`;
  const url = env.url ?? localUrl;
  const token = env.token ?? (isSameAddress(url, localUrl) ? readLocalToken(env.dataDir) : undefined);
  if (!token) {
    throw new CliError(
      env.url
        ? `Set GATEHOUSE_TOKEN to a token for ${url} (console, Tokens)`
        : `There is no cli-token in ${env.dataDir}; start Gatehouse with \`npm start\`, or set GATEHOUSE_DATA_DIR, or GATEHOUSE_URL and GATEHOUSE_TOKEN`,
      EXIT_CODES.notReachable,
    );
  }
  return createConsoleClient({ url, token });
}

function readEnvironment(terminal: Terminal) {
  try {
    return parseEnvironment(terminal.env);
  } catch (error) {
    if (error instanceof EnvironmentError) throw new CliError(error.message, EXIT_CODES.usage);
    throw error;
  }
}

function readInstanceUrl(dataDir: string): string | undefined {
  try {
    return instanceSchema.parse(JSON.parse(readFileSync(path.join(dataDir, "instance.json"), "utf8")))
      .consoleUrl;
  } catch {
    return undefined;
  }
}

function readLocalToken(dataDir: string): string | undefined {
  try {
    return readFileSync(path.join(dataDir, "cli-token"), "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CliError(
      `The token of this instance cannot be read: ${(error as Error).message}`,
      EXIT_CODES.notReachable,
    );
  }
}

function isSameAddress(one: string, other: string) {
  const origin = (url: string) => new URL(url).origin.replace("//127.0.0.1", "//localhost");
  return origin(one) === origin(other);
}
