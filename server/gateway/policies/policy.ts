import type { CompileScope } from "../compile/compile-scope";
import type { Step } from "../runtime-api";
import type { Method } from "../snapshot/method";

export type PolicyInput = {
  readonly method: Method;
  /** `GET` or `ANY`. */
  readonly httpMethod: string;
  readonly resourcePath: string;
  readonly methodKey: string;
  readonly scope: CompileScope;
};

/** A rule a request must pass before its integration runs. `compile` gives null where it does not apply. */
export type Policy = {
  readonly name: string;
  readonly help: string;
  compile(input: PolicyInput): Step | null;
};
