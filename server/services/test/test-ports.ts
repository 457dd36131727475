import { JwksTokenVerifier } from "@/server/adapters/callers/token-verifier";
import { MemoryClientCertificates } from "@/server/adapters/certificates/client-certificates";
import { systemClock } from "@/server/adapters/clock";
import { zlibCompression } from "@/server/adapters/compression";
import { HttpClient } from "@/server/adapters/http-client";
import { systemIds } from "@/server/adapters/ids";
import { accessKeyBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { environment } from "@/server/env";
import type { TestAuthorizerInput } from "@/server/gateway/policies/test-authorizer";
import type { UpstreamHttp } from "@/server/gateway/ports";
import type { TestInvokeInput } from "@/server/gateway/test-invoke";
import { workspaceFunctions } from "@/server/services/function-endpoint/workspace-functions";
import type { ClientCertificate } from "@/server/services/stored-resource/create-client-certificate";
import { getStored } from "@/server/services/stored-resource/stored-resource";

let client: HttpClient | undefined;
const clientCertificates = new MemoryClientCertificates((sealed, id) => accessKeyBox().open(sealed, id));
const tokens = new JwksTokenVerifier(systemClock);

/** HTTP for whatever the console itself calls. */
export function testHttp(): UpstreamHttp {
  client ??= new HttpClient({ connectionsPerOrigin: 16, maxOrigins: 50, clientCertificates });
  return client;
}

/** Makes a certificate of the actor's workspace ready for a test run. Throws NOT_FOUND if there is none. */
export async function prepareClientCertificate(actor: Actor, id: string): Promise<void> {
  const stored = await getStored(actor, { kind: "client-certificate", id });
  if (!stored) throw new ServiceError("NOT_FOUND", "Invalid Client Certificate identifier specified");
  const { certificatePem, keyCipher } = stored.document as ClientCertificate;
  const { workspaceId } = actor;
  const name = `${workspaceId}/${id}`;
  if (clientCertificates.find(name)?.cert === certificatePem) return;
  clientCertificates.put({ workspaceId, id, certificatePem, keyCipher });
}

/** The world as the data plane knows it: real back ends, the real clock. */
export function testPorts(): TestInvokeInput["ports"] & TestAuthorizerInput["ports"] {
  const upstream = testHttp();
  return {
    clock: systemClock,
    ids: systemIds,
    upstream,
    functions: workspaceFunctions(upstream),
    tokens,
    compression: zlibCompression,
    templateLimits: { ...environment().templateLimits, nowMs: systemClock.monotonicMs },
  };
}
