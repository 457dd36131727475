/**
 * A text as a Terraform expression that gives exactly it: in quotes, or in a heredoc when it has lines, so that
 * templates can be read. `${` and `%{` begin expressions there, so they are written `$${` and `%%{`.
 */
export function hclText(text: string): string {
  return isForHeredoc(text) ? heredoc(text) : hclQuoted(text);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

/** Keys of maps can be in quotes only. */
export function hclQuoted(text: string): string {
  const escaped = text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
    /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g,
    (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${literal(escaped)}"`;
}

/** Dollars before `${` would be read together with its escape, so they are written as an expression each. */
function literal(text: string): string {
  return text.replace(/([$%]*)([$%])\{/g, (_, before: string, sign: string) => {
    const signs = [...before].map((one) => `\${"${one}"}`).join("");
    return `${signs}${sign}${sign}{`;
  });
}

function isForHeredoc(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a heredoc has no escapes for them
  return /\n[^\n]/.test(text) && !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text);
}

/** A heredoc ends in a line break; a text that does not has it trimmed away. */
function heredoc(text: string): string {
  const lines = new Set(text.split("\n").map((line) => line.trim()));
  let end = "EOT";
  for (let number = 2; lines.has(end); number++) end = `EOT${number}`;
  if (text.endsWith("\n")) return `<<${end}\n${literal(text)}${end}\n`;
  return `trimsuffix(<<${end}\n${literal(text)}\n${end}\n, "\\n")`;
}
