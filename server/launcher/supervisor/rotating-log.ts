import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from "node:fs";

/** A log file that is set aside as `<file>.1` when it grows over the limit. Synchronous: nothing is lost at exit. */
export class RotatingLog {
  private descriptor: number;
  private sizeBytes: number;

  constructor(
    readonly file: string,
    private readonly limitBytes = 10_000_000,
  ) {
    this.sizeBytes = existsSync(file) ? statSync(file).size : 0;
    this.descriptor = openSync(file, "a", 0o600);
  }

  write(chunk: Buffer) {
    if (this.sizeBytes > 0 && this.sizeBytes + chunk.length > this.limitBytes) {
      closeSync(this.descriptor);
      renameSync(this.file, `${this.file}.1`);
      this.descriptor = openSync(this.file, "a", 0o600);
      this.sizeBytes = 0;
    }
    writeSync(this.descriptor, chunk);
    this.sizeBytes += chunk.length;
  }

  close() {
    closeSync(this.descriptor);
  }
}
