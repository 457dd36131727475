import { describe, expect, it } from "vitest";
import { cacheKeyChoices, withCacheKey } from "./cache-key-choices";

const page = "method.request.querystring.page";
const lang = "method.request.header.Accept-Language";
const tenant = "integration.request.header.X-Tenant";

describe("the cache key", () => {
  it("offers what the method declares and the integration maps, and keeps what is no longer declared", () => {
    const choices = cacheKeyChoices(
      { requestParameters: { [page]: false } },
      { requestParameters: { [tenant]: "'a'" }, cacheKeyParameters: [page, lang] },
    );
    expect(choices).toEqual([
      { name: page, isChosen: true, isUnknown: false },
      { name: tenant, isChosen: false, isUnknown: false },
      { name: lang, isChosen: true, isUnknown: true },
    ]);
  });

  it("keeps the order of its parts, without doubles", () => {
    expect(withCacheKey([page, lang], tenant, true)).toEqual([page, lang, tenant]);
    expect(withCacheKey([page, lang], page, false)).toEqual([lang]);
    expect(withCacheKey([page], page, true)).toEqual([page]);
  });
});
