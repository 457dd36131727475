import { JsonParseError, parseJson } from "@/server/toolkit/json/parse-json";
import { scanJson } from "@/server/toolkit/json/scan-json";
import type { Budget } from "@/server/vtl/values/budget";
import { JavaException } from "@/server/vtl/values/java-exception";

/** Parses JSON text in the permissive dialect; a mistake in it becomes the Java exception a template sees. */
export function parsePayload(text: string, budget: Budget): unknown {
  budget.text(text.length);
  budget.hold(memoryOf(text));
  try {
    return scanJson(text) ?? parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error;
    throw new JavaException("net.minidev.json.parser.ParseException", error.message);
  }
}

const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
/** Texts up to this length are not worth counting: 8 units a character. */
const SHORT_TEXT = 64 * 1024;

/**
 * Memory for what a JSON text stands for, from the signs in it; those inside strings count as well. Measured: an empty
 * object takes about 200 bytes.
 */
function memoryOf(text: string): number {
  if (text.length <= SHORT_TEXT) return text.length * 8;
  let units = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COMMA) units += 12;
    else if (code === OPEN_BRACE) units += 100;
    else if (code === OPEN_BRACKET) units += 40;
  }
  return units;
}
