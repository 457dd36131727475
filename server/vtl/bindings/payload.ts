import { JsonParseError, parseJson } from "@/server/toolkit/json/parse-json";
import { scanJson } from "@/server/toolkit/json/scan-json";
import { JavaException } from "@/server/vtl/values/java-exception";

/** Parses JSON text in the permissive dialect; a mistake in it becomes the Java exception a template sees. */
export function parsePayload(text: string): unknown {
  try {
    return scanJson(text) ?? parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error;
    throw new JavaException("net.minidev.json.parser.ParseException", error.message);
  }
}
