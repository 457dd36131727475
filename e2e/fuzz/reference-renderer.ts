import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { FuzzCase, Outcome } from "./fuzz-case";

const SECONDS_PER_CASE = 5;
/** How many cases wait in the reference's pipe at a time. */
const AHEAD = 64;

type ReferenceLine = {
  output?: string;
  requestOverride?: unknown;
  responseOverride?: unknown;
  error?: { kind: string; line: number | null; column: number | null; message: string };
};

/** The reference engine in a process of its own: cases go in, outcomes come out in the same order. */
export class ReferenceRenderer {
  private readonly process;
  private readonly waiting: ((outcome: Outcome) => void)[] = [];

  /** @param folder where the reference is, with its run.sh */
  constructor(folder: string) {
    this.process = spawn(
      path.join(folder, "run.sh"),
      ["--mode=aws", "--jsonpath=wiremock", `--timeout=${SECONDS_PER_CASE}`],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    createInterface({ input: this.process.stdout }).on("line", (line) => {
      this.waiting.shift()?.(readLine(line));
    });
    this.process.on("exit", () => {
      for (const settle of this.waiting.splice(0)) {
        settle(ended("the reference ended"));
      }
    });
  }

  render(fuzzCase: FuzzCase): Promise<Outcome> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.process.stdin.write(`${JSON.stringify(fuzzCase)}\n`);
    });
  }

  async *renderAll(cases: readonly FuzzCase[]): AsyncGenerator<readonly [FuzzCase, Outcome]> {
    for (let from = 0; from < cases.length; from += AHEAD) {
      const part = cases.slice(from, from + AHEAD);
      const outcomes = await Promise.all(part.map((fuzzCase) => this.render(fuzzCase)));
      for (const [index, fuzzCase] of part.entries()) yield [fuzzCase, outcomes[index] as Outcome];
    }
  }

  end(): void {
    this.process.stdin.end();
  }
}

const ended = (message: string): Outcome => ({ kind: "reference-ended", line: null, column: null, message });

function readLine(line: string): Outcome {
  try {
    // The newer JSONPath comes inside another library, which puts its own name before the packages' names.
    return outcomeOf(JSON.parse(line.replaceAll("wiremock.", "")));
  } catch (error) {
    // An infinite number among the overrides, which is no JSON.
    return ended(String(error));
  }
}

function outcomeOf({ output, requestOverride, responseOverride, error }: ReferenceLine): Outcome {
  if (error !== undefined) return error;
  return {
    output: output ?? "",
    overrides: {
      ...(requestOverride === undefined ? {} : { requestOverride }),
      ...(responseOverride === undefined ? {} : { responseOverride }),
    },
  };
}
