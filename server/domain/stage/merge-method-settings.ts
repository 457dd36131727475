import { ownEntry } from "../own-entry";
import { changedFields, isSameSetting, type MethodSettings, newMethodSetting } from "./method-settings";

/**
 * What a stage has after somebody read `base` and made `next` of it while it became `stored`: only the fields that differ
 * between `base` and `next` are changed, and of the same field theirs wins. A method without a setting of its own counts
 * as having what its own would begin as. Its own setting goes where they took it away and nobody changed it meanwhile.
 */
export function mergeMethodSettings(
  stored: MethodSettings,
  { base, next }: { base: MethodSettings; next: MethodSettings },
): MethodSettings {
  const merged = { ...stored };
  for (const key of new Set([...Object.keys(base), ...Object.keys(next)])) {
    const [was, is, has] = [ownEntry(base, key), ownEntry(next, key), ownEntry(stored, key)];
    const changes = changedFields(was ?? newMethodSetting(base, key), is ?? newMethodSetting(next, key));
    const isSame = Object.keys(changes).length === 0;
    if (was && !is && (!has || isSameSetting(was, has))) delete merged[key];
    else if (!isSame || (is && !was && !has)) {
      merged[key] = { ...(has ?? newMethodSetting(stored, key)), ...changes };
    }
  }
  return merged;
}
