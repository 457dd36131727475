import { describe, expect, it } from "vitest";
import { answerHead } from "./answer-head";

const head = (headers: string[], framing: Parameters<typeof answerHead>[1] = 0, keepsAlive = true) =>
  answerHead({ status: 200, headers }, framing, keepsAlive).replace(/Date: [^\r]*GMT\r\n/, "Date: now\r\n");

describe("answerHead", () => {
  it("says how the body ends and whether the connection goes on, whatever the headers say", () => {
    const own = ["Connection", "upgrade", "content-length", "7", "Transfer-Encoding", "gzip", "X-A", "1"];
    expect(head(own, 5)).toBe(
      "HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\nDate: now\r\nConnection: keep-alive\r\n\r\n",
    );
    expect(head([], "chunked", false)).toBe(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nDate: now\r\nConnection: close\r\n\r\n",
    );
    expect(head([], "none")).not.toMatch(/Content-Length|Transfer/);
  });

  it("leaves a Date that is given", () => {
    expect(head(["date", "yesterday"])).toContain("date: yesterday\r\n");
    expect(head(["date", "yesterday"])).not.toContain("Date: now");
  });

  it.each([[["X-A", "a\r\nX-Evil: 1"]], [["X-A", "€"]], [["X A", "1"]], [["", "1"]]])(
    "writes nothing of %j",
    (headers) => {
      expect(() => head(headers)).toThrow();
    },
  );
});
