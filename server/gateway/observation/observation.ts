import type { Clock, Trace, TraceStep } from "../ports";
import { logDate } from "./execution-log";
import { storableText, withoutQuery } from "./masked-text";

/** A step of a client's request; times in ms since it began. */
export type ObservedStep = Pick<TraceStep, "name" | "startMs" | "durationMs" | "outcome" | "summary">;

const MAX_STEPS = 40;
const MAX_SUMMARY = 300;
const MAX_LINES = 60;
/** AWS cuts events of its execution log at 1,024 bytes. */
const MAX_LINE_BYTES = 1_024;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What one request of a client leaves behind when somebody wants to know: bounded, masked, without bodies of its own. */
export class Observation implements Trace {
  readonly isLive = true;
  readonly steps: ObservedStep[] = [];
  readonly lines: string[] = [];

  constructor(
    private readonly clock: Clock,
    /** Whether the request log wants it. */
    readonly isLogged: boolean,
    /** What the method's execution log takes; null for none. */
    readonly executionLog: { readonly level: "ERROR" | "INFO"; readonly dataTrace: boolean } | null,
  ) {}

  get isSilent(): boolean {
    return this.executionLog === null;
  }

  step({ name, startMs, durationMs, outcome, summary }: TraceStep): void {
    if (this.steps.length >= MAX_STEPS) return;
    const text = storableText(withoutQuery(summary), MAX_SUMMARY);
    this.steps.push({ name, startMs: round(startMs), durationMs: round(durationMs), outcome, summary: text });
  }

  log(line: string): void {
    if (!this.executionLog || this.lines.length >= MAX_LINES) return;
    if (!this.executionLog.dataTrace && IS_BODY.test(line)) return;
    this.lines.push(cutToBytes(`${logDate(this.clock.nowMs())} : ${storableText(line, MAX_LINE_BYTES)}`));
  }

  /** The lines the method's level keeps: all at INFO and with data trace, at ERROR those of failures. */
  keptLines(isError: boolean): readonly string[] {
    if (!this.executionLog) return [];
    const { level, dataTrace } = this.executionLog;
    return level === "INFO" || dataTrace || isError ? this.lines : [];
  }
}

const IS_BODY = /^(?:Method|Endpoint) (?:request|response) body |^Authorizer result body /;

function cutToBytes(line: string): string {
  if (line.length * 3 <= MAX_LINE_BYTES) return line;
  const bytes = encoder.encode(line);
  if (bytes.length <= MAX_LINE_BYTES) return line;
  // A character cut in two decodes to a replacement character, which goes too.
  return decoder.decode(bytes.subarray(0, MAX_LINE_BYTES)).replace(/\uFFFD$/, "");
}

/** Hundredths of a millisecond are all that a timeline can show. */
function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
