export type VtlErrorKind = "parse" | "render" | "limit";

export type SourceSpan = { readonly start: number; readonly end: number };

export type VtlErrorDetail = {
  readonly kind: VtlErrorKind;
  /** Short machine-readable name such as `unexpected-token` or `method-failed`. */
  readonly code: string;
  readonly message: string;
  readonly line?: number | null;
  readonly column?: number | null;
  /** UTF-16 offsets into the template; absent where the engine gives no place. */
  readonly span?: SourceSpan;
  readonly templateName?: string;
  /** What a method or the engine threw. */
  readonly cause?: unknown;
};

/** A message can quote a payload. */
const LONGEST_MESSAGE = 2000;

/**
 * The only error a template can cause. Lines and columns are 1-based; a tab moves the column on to the next
 * 8k + 1, as Velocity's character stream counts them.
 */
export class VtlError extends Error {
  readonly kind: VtlErrorKind;
  readonly code: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly span: SourceSpan | undefined;
  readonly templateName: string;

  constructor(detail: VtlErrorDetail) {
    const { message, cause } = detail;
    const shown = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
    super(shown, cause === undefined ? undefined : { cause });
    this.name = "VtlError";
    this.kind = detail.kind;
    this.code = detail.code;
    this.line = detail.line ?? null;
    this.column = detail.column ?? null;
    this.span = detail.span;
    this.templateName = detail.templateName ?? "template";
  }

  /** `name:line:column: message`, followed by the source line and a caret below the place. */
  formatted(source: string): string {
    if (this.line === null) return `${this.templateName}: ${this.message}`;
    const column = this.column ?? 1;
    const head = `${this.templateName}:${this.line}:${column}: ${this.message}`;
    const text = source.split(/\r\n|\r|\n/)[this.line - 1];
    if (text === undefined) return head;
    const shown = expandTabs(text);
    return `${head}\n${shown}\n${" ".repeat(Math.max(0, column - 1))}^`;
  }
}

function expandTabs(text: string): string {
  let out = "";
  for (const ch of text) out += ch === "\t" ? " ".repeat(8 - (out.length % 8)) : ch;
  return out;
}
