const LETTER = 1;
const DIGIT = 2;
const UNDERSCORE = 4;
const HYPHEN = 8;
const AT = 16;

const classes = new Uint8Array(128);
for (let code = 97; code <= 122; code++) classes[code] = LETTER;
for (let code = 65; code <= 90; code++) classes[code] = LETTER;
for (let code = 48; code <= 57; code++) classes[code] = DIGIT;
classes[95] = UNDERSCORE;
classes[45] = HYPHEN;
classes[64] = AT;

function has(code: number, mask: number): boolean {
  return code < 128 && ((classes[code] as number) & mask) !== 0;
}

export const isLetter = (code: number): boolean => has(code, LETTER);
export const isDigit = (code: number): boolean => has(code, DIGIT);
export const startsIdentifier = (code: number): boolean => has(code, LETTER | UNDERSCORE);
export const continuesIdentifier = (code: number): boolean => has(code, LETTER | DIGIT | UNDERSCORE | HYPHEN);
export const startsWord = (code: number): boolean => has(code, LETTER | UNDERSCORE | AT);
export const continuesWord = (code: number): boolean => has(code, LETTER | DIGIT | UNDERSCORE | AT);
export const isBlank = (code: number): boolean => code === 32 || code === 9;
export const isWhitespace = (code: number): boolean =>
  code === 32 || code === 9 || code === 10 || code === 13;

/** Length of the blanks and one line end at `from`, or 0 where no line end follows. */
export function lineEndLength(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  const code = text.charCodeAt(at);
  if (code === 10) return at + 1 - from;
  if (code === 13) return at + (text.charCodeAt(at + 1) === 10 ? 2 : 1) - from;
  return 0;
}
