import type { VtlDiagnostic } from "@/server/vtl";
import type { CheckReply, CheckRequest } from "./check-worker";

export type Checked = {
  key: string;
  contentType?: string;
  onFound: (found: readonly VtlDiagnostic[]) => void;
};

/** One worker for all template editors, made when the first comes on screen. Of several texts of one editor the newest counts. */
class TemplateChecks {
  #worker: Worker | null = null;
  readonly #asking = new Map<string, Checked>();

  check(checked: Checked, source: string): void {
    this.#asking.set(checked.key, checked);
    this.#worker ??= this.#spawn();
    const { key, contentType } = checked;
    this.#worker.postMessage({ key, source, ...(contentType && { contentType }) } satisfies CheckRequest);
  }

  forget({ key }: Checked): void {
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
