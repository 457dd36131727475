import { checkTemplate, type VtlDiagnostic } from "@/server/vtl";

export type CheckRequest = { key: string; source: string; contentType?: string };
export type CheckReply = { key: string; diagnostics: VtlDiagnostic[] };

self.onmessage = ({ data: { key, source, contentType } }: MessageEvent<CheckRequest>) => {
  const diagnostics = checkTemplate(source, contentType && contentType !== "$default" ? { contentType } : {});
  self.postMessage({ key, diagnostics } satisfies CheckReply);
};
