import { describe, expect, it } from "vitest";
import { failureOf, fieldError, formError } from "./failure";

const refused = (service: object, message = "Refused") => ({ message, data: { code: "CONFLICT", service } });

describe("what a failed call says", () => {
  it("is the service's code, text, field and details", () => {
    const error = refused(
      { code: "CONFLICT", fieldPath: "email", details: { revision: 4 } },
      "In use already",
    );
    expect(failureOf(error)).toEqual({
      code: "CONFLICT",
      message: "In use already",
      fieldPath: "email",
      details: { revision: 4 },
    });
  });

  it("is the first wrong field when the input has not the right shape", () => {
    const error = {
      message: "…",
      data: { code: "BAD_REQUEST", zod: { fieldErrors: { name: ["Too long"] } } },
    };
    expect(failureOf(error)).toMatchObject({ code: "INVALID", fieldPath: "name", message: "Too long" });
  });

  it("tells a session that ended, and a server that does not answer", () => {
    expect(failureOf({ message: "Sign in first", data: { code: "UNAUTHORIZED" } }).code).toBe(
      "UNAUTHENTICATED",
    );
    expect(failureOf(new TypeError("Failed to fetch")).code).toBe("OFFLINE");
  });
});

describe("where a message is shown", () => {
  const error = refused({ code: "INVALID", fieldPath: "quota.offset", details: null }, "At most 6");

  it("is beside the field it is about, or the field it is a part of", () => {
    expect(fieldError(error, "quota")).toBe("At most 6");
    expect(fieldError(error, "name")).toBeUndefined();
    expect(formError(error, ["name", "quota"])).toBeUndefined();
  });

  it("is above the form when no field on screen is meant", () => {
    expect(formError(error, ["name"])).toBe("At most 6");
  });
});
