import type { CompileScope, ProblemList } from "../compile/compile-scope";
import type { Step } from "../runtime-api";
import type { Integration, IntegrationType } from "../snapshot/integration";
import type { Method } from "../snapshot/method";

export type IntegrationInput = {
  readonly integration: Integration;
  readonly method: Method;
  readonly resourcePath: string;
  readonly scope: CompileScope;
  /** Where this integration's problems go. */
  readonly problems: ProblemList;
};

export type CompiledIntegration = {
  /** From mapping the request to mapping the answer, in order. */
  readonly steps: readonly Step[];
  /** Some step reads the client's body, so it must be read whole beforehand. */
  readonly needsRequestBody: boolean;
};

/** One integration type, whole: what it is called, what it needs, what it does. */
export type IntegrationModule = {
  readonly type: IntegrationType;
  readonly label: string;
  readonly help: string;
  compile(input: IntegrationInput): CompiledIntegration;
};
