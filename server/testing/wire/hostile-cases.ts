import { readFileSync } from "node:fs";
import path from "node:path";
import { HASTY_HOST, HOST } from "./hostile-api";
import type { SocketScript } from "./socket-script";

/** What a client sends, and what must come of it. */
export type ClientCase = {
  name: string;
  send: SocketScript;
  /** The statuses of the answers, in order. */
  sees: number[];
  body?: string;
  headers?: Record<string, string>;
  /** Headers the answer must not have. */
  without?: string[];
  /** Whether the gateway then closes the connection or serves the next request on it. */
  after?: "closed" | "open";
  /** How many whole requests the back end must have got. */
  asked?: number;
  got?: string;
  lacks?: string;
  isHead?: boolean;
  /** It takes the listener's time limits to end it. */
  isSlow?: boolean;
  /** The client goes on though it is told that the connection ends. */
  stays?: boolean;
  /** Whether `100 Continue` comes first. */
  early?: boolean;
  /** What the back end answers; 200 if absent. */
  script?: SocketScript;
  /** The client may find the connection reset before it has read the answer. */
  mayReset?: boolean;
};

/** What a back end, a function or an authorizer does, and what must come of it. */
type BackendCase = {
  /** What the back end, the function or the authorizer does. */
  name: string;
  script: SocketScript;
  /** It takes the gateway's time limit to end the call. */
  hangs?: boolean;
  body?: string;
  headers?: Record<string, string>;
  /** Headers the answer must not have. */
  without?: string[];
  /** How many requests the back ends get; 1 if absent. */
  asked?: number;
  /** Whether the connection may be used for the next request. */
  kept?: boolean;
  got?: string;
  lacks?: string;
};

/** The case behind one method: a client sees a status, one of some, or an answer that visibly breaks off. */
export type BackendCaseAt = BackendCase & { at: string; sees: number | number[] | "broken" };

const folder = path.resolve(import.meta.dirname, "../../dataplane/hostile/cases");
const linesOf = (file: string) => readFileSync(path.join(folder, file), "utf8").split("\n").filter(Boolean);

export function clientCases(): ClientCase[] {
  return linesOf("clients.jsonl").map((line) => JSON.parse(line));
}

export function backendCases(): BackendCaseAt[] {
  return linesOf("backends.jsonl")
    .map((line): BackendCase & { at: Record<string, BackendCaseAt["sees"]> } => JSON.parse(line))
    .flatMap((given) => Object.entries(given.at).map(([at, sees]) => ({ ...given, at, sees })));
}

/** The request that brings the gateway to call the hostile side of a case. */
export function requestOf({ at, hangs }: BackendCaseAt): string {
  return `GET /p${at} HTTP/1.1\r\nHost: ${hangs ? HASTY_HOST : HOST}\r\nAuthorization: t\r\n\r\n`;
}

/** Behind an authorizer only the authorizer is hostile. */
export function isHostileTarget({ at }: BackendCaseAt, target: string): boolean {
  return !at.startsWith("/guarded") || target.includes("/guard/");
}
