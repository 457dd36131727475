import type { Locator, Page } from "@playwright/test";

type Entry = { at: number; text: string };
type Recorder = { keys: number[]; outputs: Entry[] };

/** Measures inside the page: from each keydown to the next change of the output's DOM. */
export async function keystrokeClock(page: Page, output: Locator) {
  const element = await output.elementHandle();
  const recorder = await page.evaluateHandle((node) => {
    const seen: Recorder = { keys: [], outputs: [] };
    window.addEventListener("keydown", (event) => seen.keys.push(event.timeStamp), true);
    new MutationObserver(() => {
      const at = performance.now();
      seen.outputs.push({ at, text: node?.textContent ?? "" });
    }).observe(node as Node, { childList: true, characterData: true, subtree: true });
    return seen;
  }, element);
  return {
    /** Milliseconds per key, and the texts the output had. */
    async read() {
      const { keys, outputs } = await recorder.jsonValue();
      const times = keys.map((key) => (outputs.find(({ at }) => at >= key)?.at ?? Number.NaN) - key);
      return { texts: outputs.map(({ text }) => text), times };
    },
  };
}

/** A line to print. */
export function summaryOf(times: readonly number[]): string {
  const sorted = times.filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
  return `${times.length} keys: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`;
}
