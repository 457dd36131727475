import { EditError } from "@/server/domain/errors";

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+*-]+\s*(;.*)?$/;

/** Whether a key of templates or models is a media type or AWS's `$default`. */
export const isMediaTypeKey = (key: string) => key === "$default" || MEDIA_TYPE.test(key);

/** @throws EditError in AWS's recorded words when a template is keyed by something else than a media type */
export function checkMediaTypes(templates: Record<string, unknown>, path: readonly string[]): void {
  const bad = Object.keys(templates).filter((key) => !isMediaTypeKey(key));
  if (bad.length === 0) return;
  const errors = bad.map((key) => `Invalid content type specified: ${key}`).join(", ");
  throw new EditError("BAD_REQUEST", `Validation Result: warnings : [], errors : [${errors}]`, path);
}
