import http from "node:http";
import type { AddressInfo } from "node:net";

export type CollectedSpan = {
  traceId: string;
  spanId: string;
  /** "" of a root. */
  parentId: string;
  traceState: string;
  name: string;
  kind: number;
  startNs: bigint;
  endNs: bigint;
  /** 2 is an error. */
  status: number;
  attributes: Record<string, unknown>;
  resource: Record<string, unknown>;
};

export type OtlpCollector = {
  /** Its address for traces. */
  endpoint: string;
  spans: CollectedSpan[];
  requests: http.IncomingHttpHeaders[];
  /** How it answers from now on; it does not at all with `silent`. */
  mode: "ok" | "failing" | "silent";
  close(): Promise<void>;
};

/** Takes spans over OTLP (HTTP, protobuf), as a collector does, on a free port. */
export async function startCollector(): Promise<OtlpCollector> {
  const collector: Omit<OtlpCollector, "endpoint" | "close"> = { spans: [], requests: [], mode: "ok" };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      collector.requests.push(request.headers);
      if (collector.mode === "silent") return;
      if (collector.mode === "ok") collector.spans.push(...readSpans(Buffer.concat(chunks)));
      response.writeHead(collector.mode === "ok" ? 200 : 400).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(collector, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Field numbers of opentelemetry/proto/trace/v1/trace.proto. */
function readSpans(bytes: Buffer): CollectedSpan[] {
  return messages(bytes, 1).flatMap((resourceSpans) => {
    const resource = attributesOf(messages(resourceSpans, 1)[0] ?? Buffer.alloc(0), 1);
    return messages(resourceSpans, 2).flatMap((scopeSpans) =>
      messages(scopeSpans, 2).map((span) => readSpan(span, resource)),
    );
  });
}

function readSpan(span: Buffer, resource: CollectedSpan["resource"]): CollectedSpan {
  const fields = fieldsOf(span);
  const bytes = (number: number) => (fields.get(number)?.[0] as Buffer | undefined) ?? Buffer.alloc(0);
  const whole = (number: number) => (fields.get(number)?.[0] as bigint | undefined) ?? 0n;
  return {
    traceId: bytes(1).toString("hex"),
    spanId: bytes(2).toString("hex"),
    traceState: bytes(3).toString(),
    parentId: bytes(4).toString("hex"),
    name: bytes(5).toString(),
    kind: Number(whole(6)),
    startNs: whole(7),
    endNs: whole(8),
    attributes: attributesOf(span, 9),
    status: Number((fieldsOf(bytes(15)).get(3)?.[0] as bigint | undefined) ?? 0n),
    resource,
  };
}

function attributesOf(message: Buffer, number: number): Record<string, unknown> {
  return Object.fromEntries(
    messages(message, number).map((pair) => {
      const fields = fieldsOf(pair);
      const [kind, [value] = []] = [...fieldsOf(fields.get(2)?.[0] as Buffer)][0] ?? [];
      if (kind === 1) return [String(fields.get(1)?.[0]), String(value)];
      return [String(fields.get(1)?.[0]), kind === 2 ? value === 1n : Number(value)];
    }),
  );
}

function messages(message: Buffer, number: number): Buffer[] {
  return (fieldsOf(message).get(number) ?? []) as Buffer[];
}

/** Protobuf's wire format: numbers are bigints, everything else bytes. */
function fieldsOf(message: Buffer): Map<number, (bigint | Buffer)[]> {
  const fields = new Map<number, (bigint | Buffer)[]>();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number) => {
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    let value: bigint | Buffer;
    if ((tag & 7) === 0) value = varint();
    else if ((tag & 7) === 1) value = take(8).readBigUInt64LE();
    else if ((tag & 7) === 5) value = BigInt(take(4).readUInt32LE());
    else value = take(Number(varint()));
    const list = fields.get(tag >> 3) ?? [];
    list.push(value);
    fields.set(tag >> 3, list);
  }
  return fields;
}
