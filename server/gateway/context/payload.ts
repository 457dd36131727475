import { decodeBase64, encodeBase64 } from "@/server/toolkit/base64";
import { textFromUtf8 } from "@/server/toolkit/utf8";
import { configurationError } from "../errors";
import type { ContentHandling } from "../snapshot/integration";

/** A payload after contentHandling: text a template can read, or bytes that pass as they are. */
export type Payload = { readonly text: string } | { readonly bytes: Uint8Array };

/**
 * The request table (recorded: S3 binary support): by contentHandling and whether the Content-Type is binary.
 *
 * | handling          | binary type   | any other type        |
 * |-------------------|---------------|-----------------------|
 * | none              | bytes         | text (U+FFFD for bad) |
 * | CONVERT_TO_TEXT   | Base64 text   | text                  |
 * | CONVERT_TO_BINARY | bytes         | Base64-decoded or 500 |
 */
export function requestPayload(
  bytes: Uint8Array,
  isBinary: boolean,
  handling: ContentHandling | null,
): Payload {
  if (isBinary) return handling === "CONVERT_TO_TEXT" ? { text: encodeBase64(bytes) } : { bytes };
  if (handling === "CONVERT_TO_BINARY") return { bytes: decodedOrFail(bytes) };
  return { text: textFromUtf8(bytes) };
}

/**
 * The response table (recorded, same tests): by contentHandling, whether the back end's Content-Type is binary
 * and whether the client's first accepted type is.
 *
 * | handling          | text, text/none | text, binary   | binary, text | binary, binary |
 * |-------------------|-----------------|----------------|--------------|----------------|
 * | none              | text            | decoded or 500 | Base64 text  | bytes          |
 * | CONVERT_TO_TEXT   | text            | text           | Base64 text  | Base64 text    |
 * | CONVERT_TO_BINARY | decoded or 500  | decoded or 500 | bytes        | bytes          |
 */
export function answerPayload(
  bytes: Uint8Array,
  is: { binaryPayload: boolean; binaryAccepted: boolean },
  handling: ContentHandling | null,
): Payload {
  if (handling === "CONVERT_TO_BINARY") return { bytes: is.binaryPayload ? bytes : decodedOrFail(bytes) };
  if (is.binaryPayload) {
    return handling === null && is.binaryAccepted ? { bytes } : { text: encodeBase64(bytes) };
  }
  if (handling === null && is.binaryAccepted) return { bytes: decodedOrFail(bytes) };
  return { text: textFromUtf8(bytes) };
}

/** A function's result is JSON: a Base64 text in it comes in quotes. */
function decodedOrFail(bytes: Uint8Array): Uint8Array {
  const text = textFromUtf8(bytes);
  const decoded = decodeBase64(/^"[^"]*"$/.test(text) ? text.slice(1, -1) : text);
  if (!decoded) throw configurationError("Unable to base64 decode the body.");
  return decoded;
}
