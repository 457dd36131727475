import { headerOf } from "../context/request-headers";
import { GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import { MAX_PAYLOAD_BYTES } from "../limits";
import type { Ports } from "../ports";
import type { Step } from "../runtime-api";

const EMPTY = new Uint8Array(0);

/** Bodies of known length up to this are read whole even if nobody looks into them: one write instead of many. */
const SMALL_BODY_BYTES = 262_144;

/**
 * Reads the body when a later step needs its bytes (`isNeeded`), when it is small, and always when it is
 * compressed, since back ends and templates get it unpacked. Codings other than gzip, deflate and identity are
 * a 415.
 */
export function readBodyStep(isNeeded: boolean): Step {
  return {
    name: "read-body",
    run(exchange, ports) {
      const { body, headers } = exchange.request;
      if (body.sizeBytes === 0) {
        exchange.requestBytes = EMPTY;
        return;
      }
      if (body.sizeBytes !== null && body.sizeBytes > MAX_PAYLOAD_BYTES)
        throw new GatewayError("REQUEST_TOO_LARGE");
      const coding = headerOf(headers, "content-encoding")?.trim().toLowerCase() ?? "";
      const isPacked = coding !== "" && coding !== "identity";
      if (isPacked && coding !== "gzip" && coding !== "deflate")
        throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
      const isSmall = body.sizeBytes !== null && body.sizeBytes <= SMALL_BODY_BYTES;
      const { bodyRead } = exchange;
      if (!isNeeded && !isPacked && !isSmall && bodyRead === null) return;
      const bytes = bodyRead ?? body.bytes();
      if (bytes instanceof Promise) {
        return bytes.then((read) => takeBytes(exchange, ports, read, isPacked ? coding : null));
      }
      return takeBytes(exchange, ports, bytes, isPacked ? coding : null);
    },
  };
}

function takeBytes(
  exchange: Exchange,
  ports: Ports,
  bytes: Uint8Array,
  coding: "gzip" | "deflate" | null,
): void | Promise<void> {
  if (coding === null) {
    exchange.requestBytes = bytes;
    return;
  }
  return ports.compression.decompress(coding, bytes, MAX_PAYLOAD_BYTES).then(
    (unpacked) => {
      exchange.requestBytes = unpacked;
    },
    (cause) => {
      throw new GatewayError("UNSUPPORTED_MEDIA_TYPE", { cause });
    },
  );
}
