import type { PlayedAnswer, SeenInvocation } from "@/server/testing/function-server";
import type { InvokeCase } from "./case-file";

type ProxyEvent = { path?: string; body?: string | null; isBase64Encoded?: boolean } & Record<
  string,
  unknown
>;

/** Plays the function a case describes; the description is a literal result or a sentence. */
export function playedFunction({ backend }: InvokeCase): (seen: SeenInvocation) => PlayedAnswer {
  const returns = backend?.returns;
  if (typeof returns !== "string") return () => ({ returns });
  const play = PLAYERS.find(([pattern]) => pattern.test(`${backend?.name} ${returns}`))?.[1];
  if (!play) throw new Error(`nobody plays "${returns}"`);
  return ({ event }) => play((event ?? {}) as ProxyEvent);
}

const PLAYERS: readonly [RegExp, (event: ProxyEvent) => PlayedAnswer][] = [
  [
    /rust/,
    (event) => proxy(`Hello, ${(event.queryStringParameters as { first_name?: string })?.first_name}!`),
  ],
  [/event unchanged/, (event) => ({ returns: event })],
  [/JSON\.stringify\(event\)/, (event) => proxy(JSON.stringify(event))],
  [/by event\.path/, (event) => ({ returns: BY_PATH[event.path ?? ""] ?? {} })],
  [/httpStatus/, (event) => statusByBody(event.body)],
  [/JSON\.parse\(event\.body\)/, parsedBody],
  [/Invocation-Type/, () => ({})],
];

const BY_PATH: Readonly<Record<string, object>> = {
  "/no-body": { statusCode: 200 },
  "/only-headers": { statusCode: 200, headers: { "test-header": "value" } },
  "/wrong-format": { statusCode: 200, wrongValue: "value" },
  "/empty-response": {},
};

function proxy(body: string): PlayedAnswer {
  return { returns: { statusCode: 200, body, isBase64Encoded: false } };
}

function statusByBody(body: unknown): PlayedAnswer {
  const isError = Number((body as { httpStatus?: string } | null)?.httpStatus) >= 400;
  return { returns: { statusCode: 200, body: isError ? "customerror" : "noerror" } };
}

function parsedBody({ body, isBase64Encoded }: ProxyEvent): PlayedAnswer {
  if (typeof body !== "string") {
    const error = { errorMessage: "body is not a text", errorType: "TypeError", trace: [] };
    return { returns: error, functionError: "Unhandled" };
  }
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  return { returns: JSON.parse(text) };
}
