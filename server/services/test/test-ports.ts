import { systemClock } from "@/server/adapters/clock";
import { zlibCompression } from "@/server/adapters/compression";
import { HttpClient } from "@/server/adapters/http-client";
import { systemIds } from "@/server/adapters/ids";
import type { TestInvokeInput } from "@/server/gateway/test-invoke";

let client: HttpClient | undefined;

/** The world as the data plane knows it: real back ends, the real clock. */
export function testPorts(): TestInvokeInput["ports"] {
  client ??= new HttpClient({ connectionsPerOrigin: 16, maxOrigins: 50 });
  return { clock: systemClock, ids: systemIds, upstream: client, compression: zlibCompression };
}
