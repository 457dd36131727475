import {
  isCachedByDefault,
  type MethodSetting,
  methodSettingSchema,
  type StageConfig,
} from "@/server/gateway/snapshot/stage-config";

export type MethodSettings = StageConfig["methodSettings"];

/** The setting of every method that has none of its own. */
export const ALL_METHODS = "*/*";

/**
 * What a method's own setting (key `~1pets/GET`) begins as: a copy of the one for all methods, whose later changes do
 * not reach it (AWS, recorded). It begins without caching where that one does not cache the verb.
 */
export function newMethodSetting(settings: MethodSettings, key: string): MethodSetting {
  // Not parsed: while somebody types it, a TTL may be none.
  const setting = { ...methodSettingSchema.parse({}), ...settings[ALL_METHODS] };
  if (key === ALL_METHODS || isCachedByDefault(key.slice(key.lastIndexOf("/") + 1))) return setting;
  return { ...setting, cachingEnabled: false };
}

/** Changes fields of a setting; makes it if it is not there. */
export function changeMethodSetting(
  settings: MethodSettings,
  key: string,
  changes: Partial<MethodSetting>,
): MethodSettings {
  return { ...settings, [key]: { ...(settings[key] ?? newMethodSetting(settings, key)), ...changes } };
}

/**
 * Gives a method the values for all methods in `fields` again; its setting goes once nothing in it is its own. The same
 * object comes back where nothing changes.
 */
export function resetMethodSetting(
  settings: MethodSettings,
  key: string,
  fields: readonly (keyof MethodSetting)[],
): MethodSettings {
  const { [key]: own, ...rest } = settings;
  if (!own) return settings;
  const base = newMethodSetting(settings, key);
  const reset = { ...own, ...Object.fromEntries(fields.map((field) => [field, base[field]])) };
  if (isSameSetting(reset, base)) return rest;
  return isSameSetting(reset, own) ? settings : { ...rest, [key]: reset };
}

const FIELDS = methodSettingSchema.keyof().options;

/** What is not said of shadow mode is that it is off. */
const fieldOf = (setting: MethodSetting, field: keyof MethodSetting) => setting[field] ?? false;

/** The fields of `next` that differ, also those that are being typed: NaN is the same as itself. */
export function changedFields(base: MethodSetting, next: MethodSetting): Partial<MethodSetting> {
  const changed = FIELDS.filter((field) => !Object.is(fieldOf(base, field), fieldOf(next, field)));
  return Object.fromEntries(changed.map((field) => [field, fieldOf(next, field)]));
}

export const isSameSetting = (a: MethodSetting, b: MethodSetting): boolean =>
  Object.keys(changedFields(a, b)).length === 0;
