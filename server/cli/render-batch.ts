import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { compileTemplate, contextFromRecord, VtlError } from "@/server/vtl";

const FLUSH_LENGTH = 64 * 1024;

type Case = {
  id?: unknown;
  template?: string;
  input?: { body?: string | null; headers?: object; query?: object; path?: object };
  context?: Record<string, unknown>;
  stageVariables?: Record<string, string>;
};

/**
 * One JSON case a line in, one JSON result a line out, in the same order. Results go out when the input pauses or
 * 64 KB are waiting, and reading waits for a slow reader, so that memory does not grow with the number of cases.
 */
export async function renderBatch(input: Readable, output: Writable): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let waiting = "";

  const flush = async () => {
    const text = waiting;
    waiting = "";
    if (text !== "" && !output.write(text)) await once(output, "drain");
  };

  for await (const chunk of input) {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.trim() !== "") waiting += `${renderLine(line)}\n`;
      if (waiting.length > FLUSH_LENGTH) await flush();
    }
    await flush();
  }
  rest += decoder.end();
  if (rest.trim() !== "") waiting += `${renderLine(rest)}\n`;
  await flush();
}

/** Whatever a line holds, there is a result line for it. */
function renderLine(line: string): string {
  let id: unknown = null;
  try {
    const one = JSON.parse(line) as Case;
    id = one?.id ?? null;
    return JSON.stringify({ id, ...renderCase(one) });
  } catch (error) {
    const { message } = error as Error;
    const place = error instanceof VtlError ? error : { kind: "input", line: null, column: null };
    return JSON.stringify({
      id,
      error: { kind: place.kind, message, line: place.line, column: place.column },
    });
  }
}

function renderCase({ template, input, context, stageVariables }: Case) {
  if (typeof template !== "string") throw new TypeError("The case has no template");
  const { output, overrides } = compileTemplate(template).render({
    input: {
      body: input?.body ?? null,
      headers: (input?.headers ?? {}) as Record<string, string>,
      query: (input?.query ?? {}) as Record<string, string>,
      path: (input?.path ?? {}) as Record<string, string>,
    },
    context: contextFromRecord(context ?? {}),
    stageVariables: stageVariables ?? {},
  });
  return Object.keys(overrides).length > 0 ? { output, overrides } : { output };
}
