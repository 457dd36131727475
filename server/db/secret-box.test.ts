import { describe, expect, it } from "vitest";
import { boxKey } from "@/server/env";
import { createSecretBox } from "./secret-box";

const key = boxKey("a secret of the tests, long enough", "test");
const box = createSecretBox(key);

describe("a sealed secret", () => {
  it.each(["", "wJalrXUtnFEMI/K7MDENG", "ünïcødé 🔑"])("opens as what it was: %j", (secret) => {
    expect(box.open(box.seal(secret, "AKIA"), "AKIA")).toBe(secret);
  });

  it("looks different each time and never shows the secret", () => {
    const [one, two] = [box.seal("visible", "a"), box.seal("visible", "a")];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(3), "base64url").toString("latin1")).not.toContain("visible");
  });

  it("opens under no other key, for no other id, and not when it was changed", () => {
    const sealed = box.seal("secret", "a");
    expect(createSecretBox(boxKey("another secret of the tests", "test")).open(sealed, "a")).toBeNull();
    expect(createSecretBox(boxKey("a secret of the tests, long enough", "b")).open(sealed, "a")).toBeNull();
    expect(box.open(sealed, "b")).toBeNull();
    expect(box.open(`${sealed.slice(0, -2)}AA`, "a")).toBeNull();
    for (const text of ["", "v1", "v1.AAAA", sealed.replace("v1.", "v2.")]) {
      expect(box.open(text, "a")).toBeNull();
    }
  });
});
