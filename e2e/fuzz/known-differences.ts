import { withoutIdentity } from "./compare-outcomes";
import type { Difference } from "./fuzz-case";

/** Differences that are meant, or that tell nothing. Each says why. */
export const knownDifferences: readonly {
  readonly name: string;
  readonly reason: string;
  readonly matches: (difference: Difference) => boolean;
}[] = [
  {
    name: "limit",
    reason: "we end a render that grows too large or takes too long; the reference has no such limits",
    matches: ({ ours }) => "kind" in ours && ours.kind === "limit",
  },
  {
    name: "reference-timeout",
    reason: "the reference gave no result in the time it has for a case, or ran out of memory or stack",
    matches: ({ reference }) =>
      "kind" in reference &&
      (reference.kind === "timeout" ||
        reference.kind === "reference-ended" ||
        /StackOverflowError|OutOfMemoryError/.test(reference.message)),
  },
  {
    name: "context-text",
    reason: "a map of $context prints nothing, as recorded on AWS; the reference prints it as a map",
    matches: ({ fuzzCase, ours, reference }) =>
      fuzzCase.template.includes("context") &&
      "output" in ours &&
      "output" in reference &&
      (/context.*toString\(\)/.test(fuzzCase.template) ||
        (/\{(requestOverride|header|sourceIp|stage|\})/.test(reference.output) &&
          isSubsequence(withoutIdentity(ours.output), withoutIdentity(reference.output)))),
  },
  {
    name: "array-override",
    reason: "an array stored as an override is a list of values for us, its Java identity for the reference",
    matches: ({ reference }) => "output" in reference && /"\[[CBL]/.test(JSON.stringify(reference.overrides)),
  },
  {
    name: "context-cleared",
    reason: "a template took the override objects out of $context; the reference then reports null for them",
    matches: ({ reference }) => "output" in reference && Object.values(reference.overrides).includes(null),
  },
  {
    name: "bean-json",
    reason: "the reference's JSON library cannot write Java objects in the jar it comes in",
    matches: ({ reference }) => "kind" in reference && /BeansAccessBuilder|objectweb/.test(reference.message),
  },
  {
    name: "class-hash",
    reason: "the hash of a class is an address, which one reference process keeps",
    matches: ({ fuzzCase }) => /[cC]lass(\(\))?\.hashCode/.test(fuzzCase.template),
  },
  {
    name: "raw-nan",
    reason: "the raw bits of a computed NaN depend on the processor",
    matches: ({ fuzzCase }) => /ToRaw(Long|Int)Bits/.test(fuzzCase.template),
  },
  {
    name: "regex-surrogates",
    reason: "our patterns work on characters; in Java an empty match can fall inside a pair of surrogates",
    matches: ({ fuzzCase, reference }) =>
      fuzzCase.family === "regex" && "output" in reference && /\p{Surrogate}/u.test(reference.output),
  },
  {
    name: "json-nan",
    reason: "NaN in a payload is a Float for the reference, a Double for us; both print NaN",
    matches: ({ fuzzCase }) => /class/.test(fuzzCase.template) && /NaN/.test(fuzzCase.input?.body ?? ""),
  },
  {
    name: "final-sigma",
    reason: "which small sigma ends a word that has digits in it is a rule of Java's own",
    matches: ({ fuzzCase }) => /toLowerCase/.test(fuzzCase.template) && /Σ/.test(fuzzCase.input?.body ?? ""),
  },
  {
    name: "linear-regex",
    reason: "patterns run in linear time: what needs backtracking is refused (DECISIONS.md)",
    matches: ({ ours }) => "kind" in ours && ours.message.includes("patterns run in linear time"),
  },
];

function isSubsequence(part: string, whole: string): boolean {
  let found = 0;
  for (let i = 0; i < whole.length && found < part.length; i++) if (whole[i] === part[found]) found++;
  return found === part.length;
}
