// Character.toUpperCase and toLowerCase give one character for one, as Unicode's simple mapping does; JavaScript
// follows the full mapping, in which some letters become several. Those keep what they are here, but for these.
const upperExceptions = greekWithIota();
const lowerExceptions: Readonly<Record<string, string>> = { İ: "i" };

/** Small Greek letters with a subscript iota, whose simple capital is one letter with an iota beside it. */
function greekWithIota(): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = { ᾳ: "ᾼ", ῃ: "ῌ", ῳ: "ῼ" };
  for (const block of [0x1f80, 0x1f90, 0x1fa0]) {
    for (let i = 0; i < 8; i++) {
      pairs[String.fromCharCode(block + i)] = String.fromCharCode(block + i + 8);
    }
  }
  return pairs;
}

/** @param character one code point */
export function simpleUpper(character: string): string {
  const exception = upperExceptions[character];
  if (exception !== undefined) return exception;
  const upper = character.toUpperCase();
  return upper.length === character.length ? upper : character;
}

/** @param character one code point */
export function simpleLower(character: string): string {
  const exception = lowerExceptions[character];
  if (exception !== undefined) return exception;
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}

/** The text in the form in which Java compares it when case does not matter. */
export function foldCase(text: string): string {
  let out = "";
  for (const character of text) out += simpleLower(simpleUpper(character));
  return out;
}
