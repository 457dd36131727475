import { checkTemplate, type VtlDiagnostic } from "@/server/vtl";

export type CheckRequest = { key: string; source: string };
export type CheckReply = { key: string; diagnostics: VtlDiagnostic[] };

/** A moment for the page to show what was typed: on few cores the check would be in its way. */
const DELAY_MS = 60;

const newest = new Map<string, string>();
let timer: ReturnType<typeof setTimeout> | undefined;

self.onmessage = ({ data }: MessageEvent<CheckRequest>) => {
  newest.set(data.key, data.source);
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (const [key, source] of newest)
      self.postMessage({ key, diagnostics: checkTemplate(source) } satisfies CheckReply);
    newest.clear();
  }, DELAY_MS);
};
