import { describe, expect, it } from "vitest";
import { EditError, ServiceError } from "@/server/domain/errors";
import { serviceErrorOf } from "./service-error-of";

describe("what callers are told of a failure", () => {
  it("is a service error as it is", () => {
    const error = new ServiceError("LIMIT", "Too many");
    expect(serviceErrorOf(error)).toBe(error);
  });

  it("is an edit's refusal with the path it was about", () => {
    const error = new EditError("VALIDATION", "Not a name", ["models", 0, "name"]);
    expect(serviceErrorOf(error)).toMatchObject({
      code: "INVALID",
      message: "Not a name",
      fieldPath: "models.0.name",
      details: { path: ["models", 0, "name"] },
    });
  });

  it("is that the database is away when it is, without its address", () => {
    const error = Object.assign(new Error("Can't reach database server at 10.0.0.1"), { code: "P1001" });
    expect(serviceErrorOf(error)).toMatchObject({
      code: "UNAVAILABLE",
      message: "The database does not answer: try again",
    });
  });

  it.each(["P2003", "P2025"])("is that somebody else was faster when a row is gone: %s", (code) => {
    const error = Object.assign(new Error("No record was found for a delete"), { code });
    expect(serviceErrorOf(error)).toMatchObject({ code: "CONFLICT" });
  });

  it.each([[new Error("bug")], [null], ["text"], [Object.assign(new Error("x"), { code: "P2000" })]])(
    "is nothing for a bug: %o",
    (error) => {
      expect(serviceErrorOf(error)).toBeNull();
    },
  );
});
