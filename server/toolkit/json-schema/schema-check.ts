/** One check of one value is under way. */
export type CheckRun = {
  /** Throws a SchemaBudgetError when all steps are spent. */
  spend(steps: number): void;
  /** Schemas within schemas that are being compared right now. */
  depth: number;
};

/** Adds a text for each thing that is wrong with the value. */
export type Check = (value: unknown, errors: string[], run: CheckRun) => void;

/** Schema and value together would take too long to compare, or the schema leads back to itself for ever. */
export class SchemaBudgetError extends Error {}

/** What the compilation of a keyword may ask for. */
export type SchemaScope = {
  /** The check of a schema inside this one; `path` leads there, for problems. */
  compile(schema: unknown, ...path: (string | number)[]): Check;
  /** A regular expression as the schema's dialect has it. */
  regex(pattern: string, ...path: (string | number)[]): (text: string) => boolean;
};

export function isValid(check: Check, value: unknown, run: CheckRun): boolean {
  const errors: string[] = [];
  check(value, errors, run);
  return errors.length === 0;
}
