import { expect, it } from "vitest";
import { curlOfRecorded } from "./curl-of-request";

it("repeats a recorded request without what was masked and what curl says by itself", () => {
  const request = {
    method: "POST",
    path: "/pets/it's",
    detail: {
      requestHeaders: [
        ["Host", "localhost:1"],
        ["X-Forwarded-For", "10.0.0.1"],
        ["accept", "application/json"],
        ["x-api-key", "******"],
        ["Authorization", "******"],
      ] as [string, string][],
    },
  };
  expect(curlOfRecorded(request, "http://localhost:1/api/prod/")).toBe(
    [
      "curl -g --path-as-is -i -X POST 'http://localhost:1/api/prod/pets/it'\\''s'",
      "-H 'accept: application/json'",
      "-H 'x-api-key: YOUR_KEY'",
      "-H 'Authorization: YOUR_AUTHORIZATION'",
    ].join(" \\\n  "),
  );
  const plain = (method: string) =>
    curlOfRecorded({ ...request, method, detail: { requestHeaders: [] } }, "http://h");
  expect([plain("GET"), plain("HEAD")]).toEqual([
    "curl -g --path-as-is -i 'http://h/pets/it'\\''s'",
    "curl -g --path-as-is -i -I 'http://h/pets/it'\\''s'",
  ]);
});
