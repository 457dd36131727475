import { describe, expect, it } from "vitest";
import { countdown, quotaWords, throttleWords } from "./limit-words";

describe("limits in words", () => {
  it("say what is limited, and that nothing is", () => {
    expect(throttleWords({ rateLimit: 5, burstLimit: 10 })).toBe("5 requests/s, burst 10");
    expect(throttleWords(null)).toBe("no rate limit");
    expect(quotaWords({ limit: 10_000, offset: 0, period: "WEEK" })).toBe("10,000 requests per week");
  });
});

describe("a countdown", () => {
  const now = new Date(0);
  const until = (seconds: number) => countdown(new Date(seconds * 1000), now);
  it("shows its two largest units", () => {
    expect(until(3 * 3600 + 41 * 60 + 5)).toBe("3 h 41 min");
    expect(until(12 * 86_400 + 4 * 3600)).toBe("12 d 4 h");
    expect(until(5 * 60 + 30)).toBe("5 min");
    expect(until(48)).toBe("48 s");
  });
  it("ends at zero", () => {
    expect(until(-5)).toBe("0 s");
  });
});
