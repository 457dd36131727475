import { EditError } from "@/server/domain/errors";
import type { ProblemScope } from "./problem";

/** Reports what a rule of the edits throws as an error at its own path, which begins with the scope's. */
export function attempt(scope: ProblemScope, rule: () => void): void {
  try {
    rule();
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    scope.at(...error.path.slice(scope.path.length)).error(error.message);
  }
}
