import { describe, expect, it } from "vitest";
import { cacheIdentity } from "./cache-identity";

const on = { cacheClusterEnabled: true, cacheClusterSize: "0.5", methodSettings: {} } as const;
const encrypted = (cacheDataEncrypted: boolean) => ({ cacheDataEncrypted, cacheTtlInSeconds: 300 });

describe("what makes a stage's cache the same one", () => {
  it("is its size, and which methods are encrypted", () => {
    const same = cacheIdentity(on);
    expect(cacheIdentity({ cacheClusterEnabled: true })).toBe(same);
    expect(cacheIdentity({ ...on, methodSettings: { "*/*": encrypted(false) } })).toBe(same);
    expect(cacheIdentity({ ...on, cacheClusterSize: "1.6" })).not.toBe(same);
    const star = cacheIdentity({ ...on, methodSettings: { "*/*": encrypted(true) } });
    const method = cacheIdentity({ ...on, methodSettings: { "~1a/GET": encrypted(true) } });
    expect(new Set([same, star, method]).size).toBe(3);
    const both = { "~1a/GET": encrypted(true), "*/*": encrypted(true) };
    const turned = { "*/*": encrypted(true), "~1a/GET": encrypted(true) };
    expect(cacheIdentity({ ...on, methodSettings: both })).toBe(
      cacheIdentity({ ...on, methodSettings: turned }),
    );
  });

  it("is empty without a cache, whatever else is stored", () => {
    expect(cacheIdentity({ ...on, cacheClusterEnabled: false })).toBe("");
    for (const stored of [null, undefined, {}]) expect(cacheIdentity(stored)).toBe("");
    expect(cacheIdentity({ ...on, methodSettings: { "*/*": null } })).toBe(cacheIdentity(on));
  });
});
