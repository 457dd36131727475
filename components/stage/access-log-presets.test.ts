import { expect, it } from "vitest";
import { ACCESS_LOG_PRESETS, presetOf } from "./access-log-presets";

it("offers only one-line formats that name the request", () => {
  for (const [name, format] of Object.entries(ACCESS_LOG_PRESETS)) {
    expect(format).toContain("$context.requestId");
    expect(format).not.toContain("\n");
    expect(presetOf(format)).toBe(name);
  }
  expect(presetOf("$context.requestId")).toBe("Custom");
});

it("writes JSON that is valid before the variables are filled in", () => {
  expect(JSON.parse(ACCESS_LOG_PRESETS.JSON)).toMatchObject({ status: "$context.status" });
});
