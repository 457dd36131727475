import { existsSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { API_SCREENS, apiIdOf, apiScreenHref, WORKSPACE_SCREENS } from "./navigation";

const screens = [...Object.values(WORKSPACE_SCREENS).flat(), ...API_SCREENS];

it("leads only to pages that exist", () => {
  for (const { href } of screens) {
    const page = path.resolve(import.meta.dirname, "../../app/(console)", `.${href}`, "page.tsx");
    expect(existsSync(page), href).toBe(true);
  }
});

it("gives each screen keys of its own", () => {
  const keys = screens.flatMap((screen) => ("keys" in screen && screen.keys ? [screen.keys] : []));
  expect(new Set(keys).size).toBe(keys.length);
});

it("finds the API in a path, and none where there is none", () => {
  const [first] = API_SCREENS;
  expect(first && apiIdOf(apiScreenHref(first, "a1b2c3d4e5"))).toBe("a1b2c3d4e5");
  expect(apiIdOf("/apis/import")).toBeNull();
  expect(apiIdOf("/apis")).toBeNull();
});
