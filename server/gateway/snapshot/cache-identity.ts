import { cacheSizeOf, type StageConfig } from "./stage-config";

/** A StageConfig, or what was stored as one and nobody has checked. */
export type StoredStage = Pick<Partial<StageConfig>, "cacheClusterEnabled" | "cacheClusterSize"> & {
  readonly methodSettings?: Readonly<Record<string, { readonly cacheDataEncrypted?: unknown } | null>> | null;
};

/**
 * What a stage's cache is made with, as a text; "" without a cache. Under another text it is another cache: what the
 * one before kept is dropped.
 */
export function cacheIdentity(config: StoredStage | null | undefined): string {
  const size = cacheSizeOf(config ?? {});
  if (size === null) return "";
  // Nothing stays open of a method that is to be encrypted from now on.
  const settings = config?.methodSettings ?? {};
  const keys = Object.keys(settings)
    .filter((key) => settings[key]?.cacheDataEncrypted)
    .sort();
  return JSON.stringify([size, keys]);
}
