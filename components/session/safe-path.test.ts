import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path";

describe("where signing in leads", () => {
  it.each([
    null,
    "",
    "apis",
    "https://evil.example",
    "javascript:alert(1)",
    "//evil.example",
    "/\\evil.example",
  ])("is the start page for %j", (next) => {
    expect(safePath(next)).toBe("/");
  });

  it.each([
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\\evil.example",
    "/./\t/evil.example",
    "/a/..//evil.example",
  ])("is no other host for %j", (next) => {
    const path = safePath(next);
    expect(new URL(path, "http://localhost:3000").origin).toBe("http://localhost:3000");
    expect(path).toBe("/");
  });

  it.each(["/", "/apis/abc/design?resource=x&method=GET#top"])("is %j as it stands", (next) => {
    expect(safePath(next)).toBe(next);
  });
});
