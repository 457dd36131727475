import { describe, expect, it } from "vitest";
import {
  isDroppedMappedHeader,
  isHiddenRequestHeader,
  isIllegalMappedHeader,
  isProxiedRequestHeader,
  lowerName,
  mappedResponseHeaderName,
  proxiedResponseHeaderName,
} from "./header-rules";

describe("header rules", () => {
  it("hold for a name in any case, also after thousands of other names", () => {
    for (let i = 0; i < 2_100; i++) {
      const name = `X-Other-${i}`;
      expect(lowerName(name)).toBe(`x-other-${i}`);
      expect(isHiddenRequestHeader(name)).toBe(false);
      expect(isProxiedRequestHeader(name)).toBe(true);
      expect(proxiedResponseHeaderName(name)).toBe(name);
    }
    for (const name of ["Connection", "CONNECTION", "connection", "cOnNeCtIoN"]) {
      expect(isHiddenRequestHeader(name)).toBe(true);
      expect(isProxiedRequestHeader(name)).toBe(false);
      expect(proxiedResponseHeaderName(name)).toBe(`x-amzn-Remapped-${name}`);
    }
    expect(proxiedResponseHeaderName("Transfer-Encoding")).toBeNull();
  });

  it("refuse a mapping onto what the gateway sets itself, and more of them towards AWS", () => {
    expect(isIllegalMappedHeader("Content-Length", "http")).toBe(true);
    expect(isIllegalMappedHeader("Authorization", "http")).toBe(false);
    expect(isIllegalMappedHeader("Authorization", "aws")).toBe(true);
    expect(isIllegalMappedHeader("X-A", "aws")).toBe(false);
  });

  it("drop connection headers mapped towards HTTP back ends", () => {
    expect(["Connection", "Via", "X-A"].map(isDroppedMappedHeader)).toEqual([true, true, false]);
  });

  it("remap what the listener sets, and never send Transfer-Encoding", () => {
    expect(["Date", "X-A", "Transfer-Encoding"].map(mappedResponseHeaderName)).toEqual([
      "x-amzn-Remapped-Date",
      "X-A",
      null,
    ]);
  });
});
