import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { AccessLog } from "@/server/gateway/ports";

/** Text that may wait for the disk, per sink. Beyond it lines are dropped and counted. */
const MAX_WAITING_CHARS = 16_000_000;
const FLUSH_MS = 250;
/** A chunk as large as this is written without waiting for the timer. */
const FLUSH_CHARS = 256_000;

type LogFile = { file: string; waiting: string; isWriting: boolean };

/**
 * The AccessLog port: one file per API and stage, `<folder>/<apiId>/<stage>.log`, which several processes may write.
 * Lines are gathered and appended in the background; a slow or full disk costs lines, never a request.
 */
export class AccessLogSink implements AccessLog {
  readonly #files = new Map<string, LogFile>();
  readonly #timer: NodeJS.Timeout;
  #waitingChars = 0;
  droppedLines = 0;
  lastError: Error | null = null;

  constructor(private readonly folder: string) {
    this.#timer = setInterval(() => this.#flushAll(), FLUSH_MS);
    this.#timer.unref();
  }

  write(apiId: string, stageName: string, line: string): void {
    if (this.#waitingChars + line.length > MAX_WAITING_CHARS) {
      this.droppedLines++;
      return;
    }
    const key = `${apiId}/${stageName}`;
    let log = this.#files.get(key);
    if (!log) {
      log = { file: path.join(this.folder, apiId, `${stageName}.log`), waiting: "", isWriting: false };
      this.#files.set(key, log);
    }
    log.waiting += `${line}\n`;
    this.#waitingChars += line.length + 1;
    if (log.waiting.length > FLUSH_CHARS && !log.isWriting) void this.#flush(log);
  }

  /** Writes what is left and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#files.values()].map((log) => this.#flush(log)));
  }

  #flushAll(): void {
    for (const log of this.#files.values()) {
      if (log.waiting !== "" && !log.isWriting) void this.#flush(log);
    }
  }

  async #flush(log: LogFile): Promise<void> {
    const text = log.waiting;
    if (text === "") return;
    log.waiting = "";
    log.isWriting = true;
    try {
      await this.#append(log.file, text);
    } catch (error) {
      this.lastError = error as Error;
      this.droppedLines += text.split("\n").length - 1;
    } finally {
      this.#waitingChars -= text.length;
      log.isWriting = false;
    }
  }

  async #append(file: string, text: string): Promise<void> {
    try {
      await appendWhole(file, text);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      await mkdir(path.dirname(file), { recursive: true });
      await appendWhole(file, text);
    }
  }
}

/** In one write, so that lines of several processes do not run into each other; `appendFile` makes several of a long text. */
async function appendWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, "a");
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
  } finally {
    await handle.close();
  }
}
