import type { CheckContext } from "./check-definition";
import type { ProblemScope } from "./problem";

const VARIABLE = /\bstageVariables(?:\.(\w+)|\[['"](\w+)['"]\])/g;

/** Warns of stage variables a text reads and the stage does not have; they are empty when a request comes. */
export function warnOfUnknownVariables(
  { options }: CheckContext,
  scope: ProblemScope,
  text: string | null | undefined,
): void {
  const known = options.stageVariables;
  if (!known || !text) return;
  const names = [...text.matchAll(VARIABLE)].map((match) => (match[1] ?? match[2]) as string);
  for (const name of new Set(names)) {
    if (Object.hasOwn(known, name)) continue;
    scope.warning(`The stage has no variable ${name}: it is empty`, {
      remedy: `Add ${name} to the stage's variables`,
    });
  }
}
