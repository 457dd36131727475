import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import superjson from "superjson";
import { z } from "zod";
import { CliError, EXIT_CODES } from "@/server/cli/cli-error";

/** The console's procedures, by name. The caller says what it expects to get. */
export type ConsoleClient = {
  query: <T>(procedure: string, input?: unknown) => Promise<T>;
  mutate: <T>(procedure: string, input?: unknown) => Promise<T>;
  /** Posts a stream to a path of the console and gives its answer as one, without bounds in size or time. */
  transfer: (path: string, transfer?: Transfer) => Promise<Readable>;
};

export type Transfer = {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Readable;
};

export type Failure = {
  code: string;
  /** Where in the input, when the console knows: an import's line, a stale revision. */
  details: { line?: number; column?: number; path?: string; revision?: number };
};

/** The console refused. `failure` tells commands what they can explain better. */
export class ConsoleRefusal extends CliError {
  constructor(
    message: string,
    readonly failure: Failure,
  ) {
    const denied = failure.code === "UNAUTHORIZED" || failure.code === "FORBIDDEN";
    super(message, denied ? EXIT_CODES.notReachable : EXIT_CODES.failed);
  }
}

const detailsSchema = z
  .object({ line: z.number(), column: z.number(), path: z.string(), revision: z.number() })
  .partial()
  .catch({});
const refusalSchema = z.object({
  message: z.string(),
  data: z.object({
    code: z.string(),
    service: z.object({ details: z.unknown() }).nullish(),
  }),
});
const transferRefusalSchema = z
  .object({ code: z.string(), message: z.string() })
  .catch({ code: "", message: "The console answered with what this program cannot read" });
const answerSchema = z.union([
  z.object({ result: z.object({ data: z.any() }) }),
  z.object({ error: z.any() }),
]);

export function createConsoleClient({ url, token }: { url: string; token: string }): ConsoleClient {
  const base = new URL("/api/trpc/", url);

  async function call<T>(address: URL, request: RequestInit): Promise<T> {
    const answer = await send(address, {
      ...request,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
    const parsed = answerSchema.safeParse(tryJson(await answer.text()));
    if (!parsed.success) {
      throw new CliError(
        `${base.origin} is not a Gatehouse console (status ${answer.status})`,
        EXIT_CODES.notReachable,
      );
    }
    if ("result" in parsed.data) return superjson.deserialize<T>(parsed.data.result.data);
    const refusal = refusalSchema.parse(superjson.deserialize(parsed.data.error));
    const details = detailsSchema.parse(refusal.data.service?.details ?? {});
    throw new ConsoleRefusal(refusal.message, { code: refusal.data.code, details });
  }

  return {
    query<T>(procedure: string, input?: unknown) {
      const address = new URL(procedure, base);
      if (input !== undefined) address.searchParams.set("input", superjson.stringify(input));
      return call<T>(address, { method: "GET" });
    },
    mutate<T>(procedure: string, input?: unknown) {
      return call<T>(new URL(procedure, base), { method: "POST", body: superjson.stringify(input) });
    },
    async transfer(path, { query = {}, headers = {}, body = Readable.from([]) } = {}) {
      const address = new URL(path, base);
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
      const answer = await post(address, { authorization: `Bearer ${token}`, ...headers }, body);
      if (answer.statusCode === 200) return answer;
      const { code, message } = transferRefusalSchema.parse(tryJson(await text(answer)));
      throw new ConsoleRefusal(message, { code, details: {} });
    },
  };
}

/** With node:http, for `fetch` gives up after five minutes without an answer. */
async function post(address: URL, headers: Record<string, string>, body: Readable) {
  const { request } = address.protocol === "https:" ? https : http;
  const outgoing = request(address, { method: "POST", headers });
  const answered = once(outgoing, "response") as Promise<[http.IncomingMessage]>;
  // A refusal may come before everything is sent; then that is what counts.
  const sent = pipeline(body, outgoing).catch((error) => error as Error);
  try {
    const [answer] = await answered;
    return answer;
  } catch (error) {
    const cause = error as { code?: string; message: string };
    await sent;
    throw unreachable(address, cause.code || cause.message);
  }
}

async function send(address: URL, request: RequestInit) {
  try {
    return await fetch(address, request);
  } catch (error) {
    const cause = (error as Error).cause as { code?: string; message?: string } | undefined;
    throw unreachable(address, cause?.code || cause?.message || (error as Error).message);
  }
}

function unreachable(address: URL, reason: string): CliError {
  return new CliError(
    `Gatehouse does not answer at ${address.origin} (${reason}); start it with \`npm start\`, or set GATEHOUSE_URL`,
    EXIT_CODES.notReachable,
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
