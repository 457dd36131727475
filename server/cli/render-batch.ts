import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { type BatchCase, renderBatchCase } from "@/server/vtl";

const FLUSH_LENGTH = 64 * 1024;

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

/** Whatever a line holds, there is a result line for it, with the id as it was written. */
function renderLine(line: string): string {
  let batchCase: BatchCase;
  try {
    batchCase = JSON.parse(line);
  } catch (error) {
    const { message } = error as Error;
    return JSON.stringify({ id: null, error: { kind: "input", message, line: null, column: null } });
  }
  return JSON.stringify({
    ...renderBatchCase(batchCase, { nowMs: () => performance.now() }),
    id: batchCase?.id ?? null,
  });
}
