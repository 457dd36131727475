import type { KeptAnswer } from "./sealed-answers";

/** What an entry weighs beside its texts and bytes: map, objects, buffers' heads. */
const ENTRY_BYTES = 512;

/** What an answer under a key takes of memory, in bytes, about. */
export function weightOf(key: string, kept: KeptAnswer): number {
  const own = ENTRY_BYTES + 2 * key.length;
  if (kept instanceof Uint8Array) return own + kept.length;
  const texts = kept.headers.reduce((sum, text) => sum + 2 * text.length, 0);
  return own + texts + (kept.body?.length ?? 0);
}
