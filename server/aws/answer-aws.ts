import { randomUUID } from "node:crypto";
import { findSigner, noteAccessKeyUse } from "@/server/auth/access-key";
import { ACCOUNT_ID } from "@/server/gateway/runtime-api";
import { log } from "./log";
import { HANDLERS } from "./operations";
import { AwsError, awsErrorOf } from "./protocol/aws-error";
import { checkShape } from "./protocol/check-shape";
import { readInput } from "./protocol/read-input";
import { type RoutedOperation, routeOperation } from "./protocol/route-operation";
import { writeAnswer, writeError } from "./protocol/write-answer";
import { type Signer, verifySignature } from "./sigv4/verify-signature";

/** The path of the endpoint: clients are given `http://localhost:3000/aws`. */
const ENDPOINT = "/aws";
/** Above what any operation takes (an import of 6 MB), below what hurts. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Answers one HTTP request of an AWS client: apigateway 2015-07-09 over REST-JSON, signed with Signature Version 4. */
export async function answerAws(request: Request): Promise<Response> {
  const requestId = randomUUID();
  const url = new URL(request.url);
  try {
    const body = await readBody(request);
    const signer = await verifySignature(
      {
        method: request.method,
        path: url.pathname,
        query: url.search.slice(1),
        headers: request.headers,
        body,
      },
      { now: new Date(), findSigner },
    );
    await noteAccessKeyUse(signer.accessKeyId, new Date());
    const routed = routeOperation({
      method: request.method,
      path: url.pathname.slice(ENDPOINT.length),
      query: url.searchParams,
    });
    if (!routed) throw new AwsError("UnknownOperationException", `No operation is at ${url.pathname}`);
    const answer = await perform(routed, signer, { url, headers: request.headers, body });
    return writeAnswer(answer, routed.operation.status, requestId);
  } catch (error) {
    return writeError(refusalOf(error, requestId, `${request.method} ${url.pathname}`), requestId);
  }
}

async function perform(
  routed: RoutedOperation,
  signer: Signer,
  { url, headers, body }: { url: URL; headers: Headers; body: Uint8Array },
): Promise<unknown> {
  const { operation } = routed;
  const text = new TextDecoder().decode(body);
  const input = readInput(routed, { query: url.searchParams, headers, body: text });
  checkShape(operation, input);
  const handle = HANDLERS[operation.name];
  if (!handle) throw new AwsError("NotImplementedException", `Gatehouse does not serve ${operation.name}`);
  const call = { actor: signer.actor, accountId: ACCOUNT_ID, region: signer.region, input };
  try {
    return await handle(call);
  } catch (error) {
    const known = awsErrorOf(error);
    if (known?.code !== "AccessDeniedException") throw error;
    throw new AwsError(known.code, accessDenied(routed, signer, url.pathname.slice(ENDPOINT.length)));
  }
}

function accessDenied({ operation }: RoutedOperation, { actor, region }: Signer, path: string): string {
  const user = `arn:aws:iam::${ACCOUNT_ID}:user/${actor.name}`;
  const resource = `arn:aws:apigateway:${region}::${path}`;
  return `User: ${user} is not authorized to perform: apigateway:${operation.method} on resource: ${resource}`;
}

async function readBody(request: Request): Promise<Uint8Array> {
  const tooLarge = () => new AwsError("RequestEntityTooLargeException", "Request size limit exceeded");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function refusalOf(error: unknown, requestId: string, request: string): AwsError {
  const known = awsErrorOf(error);
  if (!known || known.status >= 503) log().error({ err: error, requestId, request }, "a call failed");
  return (
    known ?? new AwsError("InternalFailure", "The request processing has failed because of an unknown error.")
  );
}
