import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compilePolicy } from "./policy";
import type { PolicyRequest } from "./policy-request";

type PolicyCase = {
  name: string;
  statement?: unknown;
  policy?: unknown;
  isResourcePolicy?: boolean;
  resource?: string;
  principals?: string[];
  keys?: Record<string, string>;
  expect: "allow" | "deny" | "silent" | { error: string };
  notes?: string[];
  by?: string;
};

const ARN = "arn:aws:execute-api:us-east-1:000000000000:abc";
const file = path.join(import.meta.dirname, "policy-cases.jsonl");

describe("compilePolicy", () => {
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const given: PolicyCase = JSON.parse(line);
    it(given.name, () => {
      const document = "policy" in given ? given.policy : { Statement: given.statement };
      const kind = { hasPrincipals: given.isResourcePolicy ?? false, arnPrefix: ARN };
      if (typeof given.expect === "object") {
        expect(() => compilePolicy(document, kind)).toThrow(given.expect.error);
        return;
      }
      const request: PolicyRequest = {
        action: "execute-api:Invoke",
        resource: given.resource ?? `${ARN}/prod/GET/pets/1`,
        principals: given.principals ?? null,
        keys: new Map(Object.entries(given.keys ?? {})),
      };
      const verdict = compilePolicy(document, kind).evaluate(request);
      expect(verdict.effect).toBe(given.expect);
      expect(verdict.notes).toEqual(given.notes ?? []);
      if (given.by) expect(verdict.statement).toBe(given.by);
    });
  }
});
