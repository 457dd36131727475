const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Whether arrays and objects of a JSON text lie more than `depth` deep in each other. To be asked before JSON.parse, which
 * takes seconds for some megabytes of brackets, ten times as long as for other texts. A text that is no JSON gets some
 * answer.
 */
export function isNestedDeeper(text: string, depth: number): boolean {
  // What nests so deep closes as often, or is refused anyway.
  if (text.length <= depth) return false;
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // "[" and "{" are 91 and 123, "]" and "}" 93 and 125.
    if (code === 91 || code === 123) {
      if (++open > depth) return true;
    } else if (code === 93 || code === 125) open--;
    else if (code === QUOTE) at = endOfString(text, at);
  }
  return false;
}

/** The place of the quote that closes the string begun at `at`; the text's end if there is none. */
function endOfString(text: string, at: number): number {
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === BACKSLASH) from--;
  return (at - from) % 2 === 1;
}
