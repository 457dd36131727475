import { describe, expect, it, vi } from "vitest";
import { SavableForms } from "./savable-forms";

const form = (given: { isDirty?: boolean; canSave?: boolean }) => ({
  isDirty: false,
  canSave: false,
  ...given,
  save: vi.fn(),
});

describe("the forms of a panel", () => {
  it("are saved together, but for those that have not changed or cannot be saved", () => {
    const forms = new SavableForms();
    const [one, other] = [form({ isDirty: true, canSave: true }), form({ isDirty: true, canSave: true })];
    const [same, blocked] = [form({}), form({ isDirty: true })];
    for (const [key, given] of Object.entries({ one, same, blocked, other })) forms.put(key, given);
    forms.saveAll();
    const times = [one, other, same, blocked].map(({ save }) => save.mock.calls.length);
    expect(times).toEqual([1, 1, 0, 0]);
  });

  it("are dirty while one is, and say so when that changes", () => {
    const forms = new SavableForms();
    const seen: boolean[] = [];
    const stop = forms.subscribe(() => seen.push(forms.isDirty()));
    forms.put("a", form({ isDirty: true }));
    forms.put("b", form({ isDirty: true }));
    forms.put("a", form({}));
    forms.remove("b");
    stop();
    forms.put("a", form({ isDirty: true }));
    expect(seen).toEqual([true, true, true, false]);
    expect(forms.isDirty()).toBe(true);
  });

  it("save what a form is now, not what it was", () => {
    const forms = new SavableForms();
    const [before, now] = [form({ isDirty: true, canSave: true }), form({ isDirty: true, canSave: true })];
    forms.put("a", before);
    forms.put("a", now);
    forms.saveAll();
    expect([before.save.mock.calls.length, now.save.mock.calls.length]).toEqual([0, 1]);
  });
});
