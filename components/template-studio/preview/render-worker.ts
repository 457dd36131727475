import type { PreviewRequest } from "./preview-protocol";
import { PreviewSession } from "./preview-session";

// The gateway's own engine, off the page's thread: a template that never ends cannot freeze the console.
const INSPECT_DELAY_MS = 110;
const FINDINGS_DELAY_MS = 250;

const session = new PreviewSession(() => performance.now());
let timers: ReturnType<typeof setTimeout>[] = [];

self.onmessage = ({ data }: MessageEvent<PreviewRequest>) => {
  for (const timer of timers) clearTimeout(timer);
  if (data.isShown) session.keep(data);
  else self.postMessage(session.answer(data));
  // The next key comes first: what is only said about the output waits until the page had time, or typing pauses.
  timers = [
    setTimeout(
      () => {
        if (data.isShown) session.answer(data);
        self.postMessage(session.inspect());
        self.postMessage(session.trace());
      },
      data.isShown ? 0 : INSPECT_DELAY_MS,
    ),
    setTimeout(() => self.postMessage(session.findings()), FINDINGS_DELAY_MS),
  ];
};
self.postMessage("ready");
