import { describe, expect, it } from "vitest";
import { ACTION_WORDS, AUDIT_KINDS, actionWords } from "./audit-words";

describe("the words of the audit log", () => {
  it.each([
    ["domain-name.created", "made the domain name"],
    ["domain-name.certificate-replaced", "replaced the certificate of"],
    ["domain-name.mutual-tls-on", "turned mutual TLS on for"],
    ["domain-name.truststore-replaced", "replaced the truststore of"],
    ["domain-name.mutual-tls-off", "turned mutual TLS off for"],
    ["domain-name.security-policy-changed", "changed the security policy of"],
    ["domain-name.changed", "changed the domain name"],
    ["domain-name.deleted", "deleted the domain name"],
    ["base-path-mapping.created", "made the base-path mapping"],
    ["base-path-mapping.changed", "changed the base-path mapping"],
    ["base-path-mapping.deleted", "deleted the base-path mapping"],
    ["client-certificate.created", "made the client certificate"],
    ["client-certificate.changed", "described the client certificate"],
    ["client-certificate.deleted", "deleted the client certificate"],
    ["domain-name.stored", "made or changed the domain name"],
  ])("of %s", (action, words) => {
    expect(actionWords(action)).toBe(words);
  });

  it("are the action itself where there are none", () => {
    expect(actionWords("tags.changed")).toBe("tags.changed");
  });

  it("belong to a kind that can be asked for", () => {
    const kinds = AUDIT_KINDS.map(([kind]) => `${kind}.`).filter((kind) => kind !== ".");
    const others = Object.keys(ACTION_WORDS).filter(
      (action) => !kinds.some((kind) => action.startsWith(kind)),
    );
    expect(others).toEqual([]);
  });
});
