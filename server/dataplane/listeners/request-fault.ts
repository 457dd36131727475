import type { IncomingMessage } from "node:http";
import { MAX_HEADER_BYTES } from "@/server/gateway/limits";
import { isAuthority } from "./address";
import type { FramingHeaders } from "./node-request";

/**
 * What is wrong with a request that node:http has let through, as a status; null if nothing is. Where two readers may
 * understand a request differently it is refused (RFC 9112): two Hosts, a Host that is none, chunks from an HTTP/1.0
 * client, a coding around the chunks that nobody here could take off.
 */
export function requestFault(
  { url = "", httpVersionMajor, httpVersionMinor }: IncomingMessage,
  framing: FramingHeaders,
): number | null {
  if (httpVersionMajor !== 1 || httpVersionMinor > 1) return 505;
  if (url.length > MAX_HEADER_BYTES) return 414;
  if (framing.headerBytes > MAX_HEADER_BYTES) return 431;
  const { hosts, host, transferCoding } = framing;
  if (hosts > 1 || !isAuthority(host)) return 400;
  if (transferCoding === null) return null;
  const codings = transferCoding.split(",").map((coding) => coding.trim().toLowerCase());
  if (httpVersionMinor === 0 || codings.at(-1) !== "chunked") return 400;
  return codings.length === 1 ? null : 501;
}
