import type { JsonCounts } from "@/server/toolkit/json/json-tape";
import { JsonParseError, parseJson } from "@/server/toolkit/json/parse-json";
import { scanJson } from "@/server/toolkit/json/scan-json";
import type { Budget } from "@/server/vtl/values/budget";
import { JavaException } from "@/server/vtl/values/java-exception";

/** Memory in units of two bytes. Measured: an empty object takes about 200 bytes. */
const MEMBER_UNITS = 12;
const OBJECT_UNITS = 100;
const ARRAY_UNITS = 40;
/** Texts up to this length are not worth counting: 8 units a character. */
const SHORT_TEXT = 64 * 1024;

/** Parses JSON text in the permissive dialect; a mistake in it becomes the Java exception a template sees. */
export function parsePayload(text: string, budget: Budget): unknown {
  budget.text(text.length);
  const isShort = text.length <= SHORT_TEXT;
  if (isShort) budget.hold(text.length * 8);
  try {
    // What has been found takes a few bytes a character; its values are made when they are asked for.
    const tape = scanJson(text);
    if (tape !== undefined) {
      if (!isShort) budget.hold(memoryOf(tape.counts));
      return tape.valueAt(0);
    }
    if (!isShort) budget.hold(memoryOf(countSigns(text)));
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error;
    throw new JavaException("net.minidev.json.parser.ParseException", error.message);
  }
}

function memoryOf({ objects, arrays, members }: JsonCounts): number {
  return objects * OBJECT_UNITS + arrays * ARRAY_UNITS + members * MEMBER_UNITS;
}

const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/** What a text of any kind holds at most, from the signs in it; those inside strings count as well. */
function countSigns(text: string): JsonCounts {
  const counts = { objects: 0, arrays: 0, members: 0 };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COMMA) counts.members++;
    else if (code === OPEN_BRACE) counts.objects++;
    else if (code === OPEN_BRACKET) counts.arrays++;
  }
  return counts;
}
