export const API = "RestApi";
export const STAGE = "Stage";

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
/** Logical ids have letters and digits. */
export const logicalName = (words: readonly string[]) => words.map(capital).join("");

export const LOGICAL = {
  resource: (name: string) => `Resource${name}`,
  method: (name: string) => `Method${name}`,
  model: (name: string) => `Model${name}`,
  validator: (name: string) => `RequestValidator${name}`,
  authorizer: (name: string) => `Authorizer${name}`,
};

/** Without what is not said: null, undefined, empty texts, lists and maps. */
export function said(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => {
      if (value === null || value === undefined || value === "") return false;
      return typeof value !== "object" || Object.keys(value).length > 0;
    }),
  );
}
