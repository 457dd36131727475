import { expect, it } from "vitest";
import { namesIn, subjectWords } from "./subject-words";

const unknown = { keyName: undefined, planName: undefined };

it("names the key and the plan that the charts are of", () => {
  const names = { keyName: "Mobile", planName: "Basic" };
  expect(subjectWords({}, names)).toBeNull();
  expect(subjectWords({ keyId: "k", planId: "p" }, names)).toBe("Mobile in Basic");
  expect(subjectWords({ keyId: "k", planId: "" }, names)).toBe("Mobile");
  expect(subjectWords({ keyId: "k" }, names)).toBe("Mobile");
  expect(subjectWords({ planId: "p" }, names)).toBe("all of Basic");
  expect(subjectWords({ keyId: "", planId: "" }, unknown)).toBe("other keys");
  expect(subjectWords({ keyId: "k", planId: "p" }, { keyName: null, planName: null })).toBe(
    "k (deleted) in p (deleted)",
  );
});

it("shows no id for a name that is not known yet", () => {
  expect(subjectWords({ keyId: "k", planId: "p" }, unknown)).toBe("a key in a plan");
  expect(subjectWords({ planId: "p" }, unknown)).toBe("all of a plan");
});

it("takes names from the busiest keys, and tells deleted ones from those that are not among them", () => {
  const rows = [
    { keyId: "k", keyName: "Mobile", planId: "p", planName: "Basic" },
    { keyId: "gone", keyName: null, planId: "p", planName: "Basic" },
  ];
  expect(namesIn(rows, { keyId: "k", planId: "p" })).toEqual({ keyName: "Mobile", planName: "Basic" });
  expect(namesIn(rows, { keyId: "gone" }).keyName).toBeNull();
  expect(namesIn(rows, { keyId: "other", planId: "x" })).toEqual(unknown);
});
