import { checkTemplate, type VtlDiagnostic } from "@/server/vtl";

export type CheckRequest = { key: string; source: string; contentType?: string };
export type CheckReply = { key: string; diagnostics: VtlDiagnostic[] };

/** Until typing pauses for a moment: on few cores a check at each key would be in the way of the next one. */
const DELAY_MS = 120;

const newest = new Map<string, CheckRequest>();
let timer: ReturnType<typeof setTimeout> | undefined;

self.onmessage = ({ data }: MessageEvent<CheckRequest>) => {
  newest.set(data.key, data);
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (const { key, source, contentType } of newest.values()) {
      const diagnostics = checkTemplate(
        source,
        contentType && contentType !== "$default" ? { contentType } : {},
      );
      self.postMessage({ key, diagnostics } satisfies CheckReply);
    }
    newest.clear();
  }, DELAY_MS);
};
