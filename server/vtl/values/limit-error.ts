import { VtlError } from "@/server/vtl/vtl-error";

/** What each budget is called, and what helps; `#` stands for its size. */
const explanations = {
  steps: "The template takes more than # steps. Loop over less, or raise the limit `steps`.",
  time: "The template takes longer than # ms. Loop over less, or raise the limit `maxMs`.",
  output:
    "The output, or a text the template builds, is longer than # characters. Write less, or raise the limit `outputLength`.",
  memory:
    "The values that the template builds take more memory than # characters would. Build less, or raise the limit `memory`.",
  collection:
    "A list, map or range has more than # members. Take fewer, or raise the limit `collectionSize`.",
  depth:
    "A value or a block is nested more than # deep; it may contain itself. Nest less, or raise the limit `depth`.",
  number: "A number has more than # digits. Round numbers before they are multiplied further.",
  stack: "The template, or a value it builds, is nested too deeply. Nest less.",
  "json-depth": "A value is nested more than # deep, which JSON text cannot show; it may contain itself.",
} as const;

export type LimitCode = keyof typeof explanations;

/** The end of a render at a limit: names the budget, its size and what helps. */
export function limitError(code: LimitCode, size = 0): VtlError {
  const written = String(size).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ",");
  return new VtlError({ kind: "limit", code, message: explanations[code].replace("#", written) });
}
