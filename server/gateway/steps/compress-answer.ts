import { utf8FromText } from "@/server/toolkit/utf8";
import { headerOf } from "../context/request-headers";
import type { Exchange } from "../exchange";
import type { Step } from "../runtime-api";

/**
 * Compresses answers of at least `minimumSize` bytes for clients whose most wanted coding is gzip or deflate;
 * what is encoded already stays (developer guide, payload compression). Streams are not compressed.
 */
export function compressAnswerStep(minimumSize: number | null): Step | null {
  if (minimumSize === null) return null;
  return {
    name: "compress-response",
    run(exchange, ports) {
      const coding = wantedCoding(headerOf(exchange.request.headers, "accept-encoding"));
      if (coding === null || hasHeader(exchange, "content-encoding")) return;
      const { body } = exchange;
      const bytes = typeof body === "string" ? utf8FromText(body) : body;
      if (!(bytes instanceof Uint8Array) || bytes.length === 0 || bytes.length < minimumSize) return;
      return ports.compression.compress(coding, bytes).then((packed) => {
        exchange.body = packed;
        exchange.headers.push("Content-Encoding", coding);
      });
    },
  };
}

/** The coding with the highest weight, the first of equals; null unless that is gzip or deflate. */
export function wantedCoding(acceptEncoding: string | null): "gzip" | "deflate" | null {
  let best: string | null = null;
  let bestWeight = 0;
  for (const entry of acceptEncoding?.split(",") ?? []) {
    const [name = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    const weightText = parameters.find((p) => p.startsWith("q="))?.slice(2);
    const weight = weightText === undefined ? 1 : Number(weightText);
    if (name === "" || !(weight > bestWeight)) continue;
    best = name;
    bestWeight = weight;
  }
  return best === "gzip" || best === "deflate" ? best : null;
}

function hasHeader(exchange: Exchange, lower: string): boolean {
  return headerOf(exchange.headers, lower) !== null;
}
