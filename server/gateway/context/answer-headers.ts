import type { Exchange } from "../exchange";
import { lowerName } from "../headers/header-rules";
import { headerTextFromWire } from "../headers/header-text";

/** The values a back end sent for a header; the name's case does not count. Undefined if there are none. */
export function answerHeaderValues(exchange: Exchange, name: string): string[] | undefined {
  const headers = exchange.integrationAnswer?.headers;
  if (!headers) return undefined;
  const wanted = lowerName(name);
  let values: string[] | undefined;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (lowerName(headers[i] as string) !== wanted) continue;
    values ??= [];
    values.push(headerTextFromWire(headers[i + 1] as string));
  }
  return values;
}
