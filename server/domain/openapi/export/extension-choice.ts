/** What AWS's GetExport takes in `parameters.extensions`. `postman` is accepted and adds nothing. */
export const EXPORT_EXTENSIONS = [
  "apigateway",
  "integrations",
  "authorizers",
  "documentation",
  "postman",
] as const;
export type ExportExtension = (typeof EXPORT_EXTENSIONS)[number];

/** Which extensions a document has. */
export type ExtensionChoice = {
  /** `x-amazon-apigateway-integration`, and what belongs to the whole API: validators, gateway responses … */
  readonly integrations: boolean;
  readonly authorizers: boolean;
  /** The list of all documentation parts. */
  readonly documentation: boolean;
  /** In AWS's own form: documentation with what it inherits, models that are used, AWS's names for defaults. */
  readonly asAws: boolean;
};

/** `true` writes everything, so that an import gives the same API; a list writes what AWS would write for it. */
export function extensionChoice(given: boolean | readonly ExportExtension[]): ExtensionChoice {
  if (typeof given === "boolean")
    return { integrations: given, authorizers: given, documentation: given, asAws: false };
  const all = given.includes("apigateway");
  return {
    integrations: all || given.includes("integrations"),
    authorizers: all || given.includes("authorizers"),
    documentation: given.includes("documentation"),
    asAws: true,
  };
}

/**
 * The list in a text such as `integrations,authorizers`, as the query parameter `extensions` has it.
 * Null when a word is none of AWS's.
 */
export function parseExportExtensions(text: string | undefined): ExportExtension[] | null {
  const words = (text ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const known = words.filter((word): word is ExportExtension =>
    (EXPORT_EXTENSIONS as readonly string[]).includes(word),
  );
  return known.length === words.length ? known : null;
}
