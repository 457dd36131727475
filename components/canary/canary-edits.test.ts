import { describe, expect, it } from "vitest";
import { type CanaryValues, changesOf, editsAfter, withEdit } from "./canary-edits";

const saved: CanaryValues = {
  percentTraffic: 5,
  sticky: null,
  useStageCache: false,
  stageVariableOverrides: { a: "1" },
};
const idle = { saved, isSaving: false };

describe("what somebody set on a canary", () => {
  it("leaves the share alone that the steps raise meanwhile", () => {
    const edits = withEdit({}, { useStageCache: true }, idle);
    expect(changesOf(edits, { ...saved, percentTraffic: 25 })).toEqual({ useStageCache: true });
  });

  it("is forgotten when it is set back, so that later steps do not make a change of it", () => {
    const edits = withEdit(withEdit({}, { percentTraffic: 10 }, idle), { percentTraffic: 5 }, idle);
    expect(edits).toEqual({});
    expect(changesOf(edits, { ...saved, percentTraffic: 25 })).toEqual({});
  });

  it("compares variables by their values", () => {
    expect(withEdit({}, { stageVariableOverrides: { a: "1" } }, idle)).toEqual({});
    expect(withEdit({}, { stageVariableOverrides: {} }, idle)).toEqual({ stageVariableOverrides: {} });
  });

  it("is kept where it was set while a save ran, back to the old value too", () => {
    const sent = { percentTraffic: 10, useStageCache: true };
    const saving = { saved, isSaving: true };
    const edits = withEdit(
      withEdit(sent, { percentTraffic: 5 }, saving),
      { sticky: { by: "api-key" } },
      saving,
    );
    expect(editsAfter(edits, sent)).toEqual({ percentTraffic: 5, sticky: { by: "api-key" } });
    expect(editsAfter(sent, sent)).toEqual({});
  });
});
