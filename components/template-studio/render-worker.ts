import { compileTemplate, contextFromRecord, VtlError } from "@/server/vtl";
import type { RenderReply, RenderRequest } from "./render-protocol";

// The gateway's own engine, off the page's thread: a template that never ends cannot freeze the console.
self.onmessage = ({ data }: MessageEvent<RenderRequest>) => {
  const { id, template, sample } = data;
  const startedAt = performance.now();
  const reply = (rest: Omit<RenderReply, "id" | "durationMs">) =>
    self.postMessage({ id, durationMs: performance.now() - startedAt, ...rest } satisfies RenderReply);
  try {
    const { body, path, query, headers, context, stageVariables } = sample;
    const { output, overrides } = compileTemplate(template).render({
      input: { body, path, query, headers },
      context: contextFromRecord(context),
      stageVariables,
    });
    reply({ output, overrides });
  } catch (error) {
    if (!(error instanceof VtlError)) {
      reply({
        error: { message: `The engine failed: ${String(error)}`, line: null, column: null, place: "" },
      });
      return;
    }
    const { message, line, column } = error;
    reply({ error: { message, line, column, place: error.formatted(template) } });
  }
};
self.postMessage("ready");
