/** Templates as the definition keeps them: null, AWS's sign for passing through, is an empty text. */
export function textsOf(templates: Readonly<Record<string, string | null>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(templates).map(([type, text]) => [type, text ?? ""]));
}
