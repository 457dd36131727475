import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { isSame } from "../shell/is-same";

/** What can be set on a canary that runs. */
export type CanaryValues = Pick<CanarySettings, "percentTraffic" | "sticky" | "useStageCache"> & {
  stageVariableOverrides: Record<string, string>;
};
/** Only what somebody set: what they left alone may change meanwhile, as the share does while steps run. */
export type CanaryEdits = Partial<CanaryValues>;

function differing(edits: CanaryEdits, from: CanaryEdits): CanaryEdits {
  const isOther = (key: string) => {
    const name = key as keyof CanaryValues;
    return !isSame(edits[name], from[name]);
  };
  return Object.fromEntries(Object.entries(edits).filter(([key]) => isOther(key)));
}

/**
 * The edits with one more. What is set back to the saved value is no edit any more; while a save runs it is one, as
 * the saved value is about to change.
 */
export function withEdit(
  edits: CanaryEdits,
  change: CanaryEdits,
  { saved, isSaving }: { saved: CanaryValues; isSaving: boolean },
): CanaryEdits {
  const next = { ...edits, ...change };
  return isSaving ? next : differing(next, saved);
}

/** What a save has to send. */
export const changesOf = (edits: CanaryEdits, saved: CanaryValues): CanaryEdits => differing(edits, saved);

/** What is left to save once `sent` is saved: what was set meanwhile. */
export const editsAfter = (edits: CanaryEdits, sent: CanaryEdits): CanaryEdits => differing(edits, sent);
