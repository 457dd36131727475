/** Whether a Connection field's value names an option, which is given in lower case. */
export function hasOption(connection: string, option: string): boolean {
  if (!connection.includes(","))
    return connection.length === option.length && connection.toLowerCase() === option;
  return connection.split(",").some((part) => part.trim().toLowerCase() === option);
}

/** The part of a head from one position to another without the blanks around it. */
export function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const isBlank = (code: number) => code === 0x20 || code === 0x09;
