import type { z } from "zod";
import type { ApiDefinition } from "@/server/domain/definition";

/** One way to change a definition. See README.md for how to add one. */
export type Edit<Name extends string = string, Schema extends z.ZodType = z.ZodType> = {
  /** verb-noun in kebab-case, the same as the file's name. */
  readonly name: Name;
  /** What history shows, e.g. "Add resource /pets". `definition` is the one before the edit. */
  readonly label: (input: z.output<Schema>, definition: ApiDefinition) => string;
  readonly input: Schema;
  /** Changes the draft (an immer draft) in place. Throws EditError; must not read a clock or make ids. */
  readonly apply: (draft: ApiDefinition, input: z.output<Schema>) => void;
};

/** Declares an edit; it takes effect once it is in the list of `edits/index.ts`. */
export function defineEdit<const Name extends string, Schema extends z.ZodType>(
  edit: Edit<Name, Schema>,
): Edit<Name, Schema> {
  return edit;
}
