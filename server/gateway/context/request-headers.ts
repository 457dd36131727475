import { lowerName } from "../headers/header-rules";
import type { HeaderList } from "../http-message";

/** The last value of a header as it came; `lower` is its name in lower case. Null if it is not there. */
export function headerOf(headers: HeaderList, lower: string): string | null {
  for (let i = headers.length - 2; i >= 0; i -= 2) {
    const name = headers[i] as string;
    if (name.length === lower.length && lowerName(name) === lower) return headers[i + 1] as string;
  }
  return null;
}
