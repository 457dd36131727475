import type { PreviewRequest } from "./preview-protocol";
import { PreviewSession } from "./preview-session";

// The gateway's own engine, off the page's thread: a template that never ends cannot freeze the console.
const INSPECT_DELAY_MS = 40;

const session = new PreviewSession(() => performance.now());
let timer: ReturnType<typeof setTimeout> | undefined;

self.onmessage = ({ data }: MessageEvent<PreviewRequest>) => {
  clearTimeout(timer);
  self.postMessage(session.answer(data));
  // Only when the page had time to show it: the next key comes first.
  timer = setTimeout(() => {
    const inspection = session.inspect();
    if (inspection) self.postMessage(inspection);
    const trace = session.trace();
    if (trace) self.postMessage(trace);
  }, INSPECT_DELAY_MS);
};
self.postMessage("ready");
