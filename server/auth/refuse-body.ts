/**
 * The refusal of a request whose body is larger than `maxBytes` or does not say how large it is; null for any other.
 * Bodies are read whole before anybody knows who sends them.
 */
export function refuseBody({ headers }: { headers: Headers }, maxBytes: number): Response | null {
  if (headers.has("transfer-encoding")) {
    return Response.json({ code: "LENGTH_REQUIRED", message: "Send a Content-Length" }, { status: 411 });
  }
  if (Number(headers.get("content-length") ?? 0) <= maxBytes) return null;
  return Response.json(
    { code: "PAYLOAD_TOO_LARGE", message: `A request has at most ${maxBytes} bytes` },
    { status: 413 },
  );
}
