import { describe, expect, it } from "vitest";
import { isForeignOrigin } from "./foreign-origin";

describe("a foreign origin", () => {
  const host = "localhost:3000";
  it.each([
    ["another port", { host, origin: "http://localhost:8080" }, true],
    ["another name of the same machine", { host, origin: "http://127.0.0.1:3000" }, true],
    ["a sandboxed page", { host, origin: "null" }, true],
    ["a request without Host", { origin: "http://localhost:3000" }, true],
    ["an image on another site", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, true],
    ["a link on another site", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, false],
    ["our own page", { host, origin: "http://localhost:3000" }, false],
    ["our own page behind TLS", { host: "console.example", origin: "https://console.example" }, false],
    ["a program", { host }, false],
    ["an address typed in", { host, "sec-fetch-site": "none" }, false],
  ])("%s", (_, headers, expected) => {
    expect(isForeignOrigin(new Headers(headers as Record<string, string>))).toBe(expected);
  });
});
