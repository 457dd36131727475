import type { HttpMethod } from "@/server/gateway/snapshot/method";

/** The part of the method flow a problem belongs to; `api` is everything outside methods. */
export type ProblemPart =
  | "method-request"
  | "integration-request"
  | "integration"
  | "integration-response"
  | "method-response"
  | "api";

/** Something of a definition that will not work (`error`: it cannot be deployed) or may surprise (`warning`). */
export type Problem = {
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly remedy?: string;
  /** Into the definition. */
  readonly path: readonly (string | number)[];
  readonly where: {
    readonly resourceId?: string;
    readonly httpMethod?: HttpMethod;
    readonly part?: ProblemPart;
  };
  /** Place in the template the path leads to; lines and columns are 1-based. */
  readonly template?: {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
};

type Found = Omit<Problem, "severity" | "path" | "where">;

/** Collects problems at one place of the definition; `at` goes deeper, `in` names the part of the flow. */
export class ProblemScope {
  readonly #found: Problem[];
  readonly path: readonly (string | number)[];
  readonly #where: Problem["where"];

  constructor(found: Problem[], path: readonly (string | number)[] = [], where: Problem["where"] = {}) {
    this.#found = found;
    this.path = path;
    this.#where = where;
  }

  at(...parts: (string | number)[]): ProblemScope {
    return new ProblemScope(this.#found, [...this.path, ...parts], this.#where);
  }

  in(where: Problem["where"]): ProblemScope {
    return new ProblemScope(this.#found, this.path, { ...this.#where, ...where });
  }

  error(message: string, more: Omit<Found, "message"> = {}): void {
    this.#found.push({ severity: "error", message, path: this.path, where: this.#where, ...more });
  }

  warning(message: string, more: Omit<Found, "message"> = {}): void {
    this.#found.push({ severity: "warning", message, path: this.path, where: this.#where, ...more });
  }
}
