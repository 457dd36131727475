import { parseJson } from "../json/parse-json";
import type { CompiledPath } from "./compiled-path";
import type { Evaluation } from "./evaluation";
import { InvalidPathError } from "./json-path-error";
import { type FunctionCall, PATH_FUNCTIONS } from "./path-functions";
import { PathToken } from "./path-token";

/** An argument as written: a path (read on the whole document) or JSON text. */
export type FunctionArgument =
  | { readonly kind: "path"; readonly path: CompiledPath }
  | { readonly kind: "json"; readonly text: string };

/** `.sum()`, `.concat("a", $.b)`: called on the value reached so far. */
export class FunctionStep extends PathToken {
  constructor(
    private readonly name: string,
    public args: readonly FunctionArgument[],
  ) {
    super();
  }

  get definite(): boolean {
    return true;
  }

  evaluate(model: unknown, evaluation: Evaluation): void {
    const call = PATH_FUNCTIONS.get(this.name);
    if (call === undefined) throw new InvalidPathError(`Function with name: ${this.name} does not exist.`);
    // Paths are read even where the function does not look at them; JSON is parsed when it does.
    const found = this.args.map((argument) =>
      argument.kind === "path"
        ? argument.path.valueIn(evaluation.root, evaluation.root, evaluation.budget)
        : undefined,
    );
    const values = () =>
      this.args.map((argument, i) => (argument.kind === "path" ? found[i] : parseJson(argument.text)));
    const request: FunctionCall = { model, values, args: this.args, budget: evaluation.budget };
    const result = call(request);
    // The result counts even where more steps follow: the last one found is the value of the path.
    evaluation.results.push(result);
    if (this.next !== undefined) {
      evaluation.budget.spend(1);
      this.next.evaluate(result, evaluation);
    }
  }
}
