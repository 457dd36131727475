/** Directives with a body up to #end, and those without. #if, #set and their parts belong to the grammar itself. */
const forms: ReadonlyMap<string, "block" | "line"> = new Map([
  ["foreach", "block"],
  ["define", "block"],
  ["macro", "block"],
  ["literal", "block"],
  ["break", "line"],
  ["stop", "line"],
]);

const grammarNames = new Set(["if", "end", "set", "else", "elseif"]);

/** How a directive is written, or undefined for a word AWS prints as text (#parse, #include and #evaluate too). */
export function directiveForm(name: string): "block" | "line" | undefined {
  return forms.get(name);
}

/** Whether an odd number of backslashes before `#name` escapes it. */
export function isRecognizedName(name: string): boolean {
  return forms.has(name) || grammarNames.has(name);
}
