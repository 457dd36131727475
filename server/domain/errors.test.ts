import { expect, it } from "vitest";
import { EditError, ServiceError } from "./errors";

it("errors carry their code, the field they are about and plain details", () => {
  const error = new ServiceError("CONFLICT", "The draft moved on", {
    fieldPath: "revision",
    details: { revision: 4 },
  });
  expect(error).toBeInstanceOf(Error);
  expect({ ...error }).toEqual({
    name: "ServiceError",
    code: "CONFLICT",
    fieldPath: "revision",
    details: { revision: 4 },
  });
  expect({ ...new EditError("NOT_FOUND", "Invalid") }).toEqual({
    name: "EditError",
    code: "NOT_FOUND",
    path: [],
  });
});
