import { childPointer } from "./cursor";

/** Offsets of a value in a JSON text; `key` is that of its member's name, or of the value itself in a list. */
export type JsonPlace = { readonly key: number; readonly value: number };

/**
 * Where every value of a JSON text stands, by pointer. The text has been parsed already, so it is known to be
 * JSON and not to nest too deep. Of members with the same name the last counts, as it does for JSON.parse.
 */
export function jsonPlaces(text: string): ReadonlyMap<string, JsonPlace> {
  const places = new Map<string, JsonPlace>();
  let at = 0;

  const skipSpace = () => {
    while (" \t\n\r".includes(text.charAt(at)) && at < text.length) at++;
  };
  const skipString = () => {
    for (at++; text[at] !== '"'; at++) if (text[at] === "\\") at++;
    at++;
  };
  const readList = (pointer: string) => {
    at++;
    skipSpace();
    for (let index = 0; text[at] !== "]"; index++) {
      readValue(childPointer(pointer, index), at);
      skipSpace();
      if (text[at] === ",") at++;
      skipSpace();
    }
    at++;
  };
  const readObject = (pointer: string) => {
    at++;
    skipSpace();
    while (text[at] !== "}") {
      const key = at;
      skipString();
      const name = JSON.parse(text.slice(key, at)) as string;
      skipSpace();
      at++;
      skipSpace();
      readValue(childPointer(pointer, name), key);
      skipSpace();
      if (text[at] === ",") at++;
      skipSpace();
    }
    at++;
  };
  const readValue = (pointer: string, key: number) => {
    places.set(pointer, { key, value: at });
    const first = text[at];
    if (first === "{") readObject(pointer);
    else if (first === "[") readList(pointer);
    else if (first === '"') skipString();
    else while (at < text.length && !",]} \t\n\r".includes(text.charAt(at))) at++;
  };

  skipSpace();
  readValue("", at);
  return places;
}
