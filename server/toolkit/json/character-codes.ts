/** The codes of a text's characters, with a 0 behind them. Codes further behind belong to other texts. */
export type CharacterCodes = Uint8Array | Uint16Array;

const encoder = new TextEncoder();
/** Shorter texts are copied sooner than the encoder is called. */
const SHORT = 256;
/** Larger arrays are not kept. */
const LARGEST_KEPT = 1 << 20;

let narrow = new Uint8Array(4096);
let wide = new Uint16Array(0);

/**
 * The codes of a text, to be read before the next call: the array is used again. Reading an array of bytes takes half
 * the time of charCodeAt, which looks each time at how the text is stored.
 */
export function characterCodes(text: string): CharacterCodes {
  return asciiCodes(text) ?? wideCodes(text);
}

function asciiCodes(text: string): Uint8Array | undefined {
  const { length } = text;
  let codes = narrow;
  if (codes.length <= length) {
    codes = new Uint8Array(length + 1 + (length >> 1));
    if (codes.length <= LARGEST_KEPT) narrow = codes;
  }
  codes[length] = 0;
  if (length >= SHORT) {
    const { read, written } = encoder.encodeInto(text, codes.subarray(0, length));
    return read === length && written === length ? codes : undefined;
  }
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return undefined;
    codes[i] = code;
  }
  return codes;
}

function wideCodes(text: string): Uint16Array {
  const { length } = text;
  let codes = wide;
  if (codes.length <= length) {
    codes = new Uint16Array(length + 1 + (length >> 1));
    if (codes.length <= LARGEST_KEPT) wide = codes;
  }
  for (let i = 0; i < length; i += 1) codes[i] = text.charCodeAt(i);
  codes[length] = 0;
  return codes;
}
