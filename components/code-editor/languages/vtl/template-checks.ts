import type { VtlDiagnostic } from "@/server/vtl";
import type { CheckReply, CheckRequest } from "./check-worker";

export type Checked = {
  key: string;
  contentType?: string;
  onFound: (found: readonly VtlDiagnostic[]) => void;
};

/** Until typing pauses for a moment: on few cores a check at each key would be in the way of the next one. */
const DELAY_MS = 220;

type Asking = Checked & { timer: ReturnType<typeof setTimeout> };

/** One worker for all template editors, made when the first comes on screen. Of several texts of one editor the newest counts. */
class TemplateChecks {
  #worker: Worker | null = null;
  readonly #asking = new Map<string, Asking>();

  /** Has the text that `read` gives a moment later checked. */
  check(checked: Checked, read: () => string): void {
    this.forget(checked);
    const { key, contentType } = checked;
    const timer = setTimeout(() => {
      this.#worker ??= this.#spawn();
      const request: CheckRequest = { key, source: read(), ...(contentType && { contentType }) };
      this.#worker.postMessage(request);
    }, DELAY_MS);
    this.#asking.set(key, { ...checked, timer });
  }

  forget({ key }: Checked): void {
    clearTimeout(this.#asking.get(key)?.timer);
    this.#asking.delete(key);
  }

  #spawn(): Worker {
    const worker = new Worker(new URL("./check-worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<CheckReply>) =>
      this.#asking.get(data.key)?.onFound(data.diagnostics);
    return worker;
  }
}

export const templateChecks = new TemplateChecks();
