import { LruCache } from "../lru";
import type { CompiledPath, PathResult } from "./compiled-path";
import type { PathBudget } from "./evaluation";
import { InvalidPathError, JsonPathError } from "./json-path-error";
import { parsePath } from "./path-parser";

export type { CompiledPath, PathResult };
export { InvalidPathError, JsonPathError };

const CACHED_PATHS = 1000;
/** Longer paths are compiled each time, so that the cache stays small. */
const LONGEST_CACHED = 1000;

const cache = new LruCache<string, CompiledPath>(CACHED_PATHS);

/**
 * Compiles a JSONPath in the dialect of Jayway JsonPath 2.9 (with functions, negative indexes and all
 * its filter operators). A path that does not start with $ or @ gets "$." before it.
 *
 * @throws InvalidPathError when the path is not valid
 */
export function compileJsonPath(path: string): CompiledPath {
  const known = cache.get(path);
  if (known !== undefined) return known;
  const compiled = parsePath(path);
  if (path.length <= LONGEST_CACHED) cache.set(path, compiled);
  return compiled;
}

/**
 * Reads a path on a document: compileJsonPath and CompiledPath.read, except that on a null document no
 * path is looked at and nothing is found.
 *
 * @throws JsonPathError (InvalidPathError for a path that is not valid)
 */
export function readJsonPath(document: unknown, path: string, budget?: PathBudget): PathResult {
  if (document === null) return { definite: true, found: false, value: null };
  return compileJsonPath(path).read(document, budget);
}
