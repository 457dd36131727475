export type Position = { readonly line: number; readonly column: number };

/**
 * Lines and columns of a source as Velocity's character stream counts them: both from 1; `\n`, `\r` and `\r\n` end
 * a line (the `\n` of a pair still belongs to it); a tab stands in the last column before the next 8k + 1.
 *
 * For a double-quoted string, which is a template of its own, `origin` is the place of its opening quote.
 */
export class SourcePositions {
  private lineStarts: number[] | null = null;

  constructor(
    readonly text: string,
    private readonly origin: { readonly positions: SourcePositions; readonly offset: number } | null = null,
  ) {}

  at(offset: number): Position {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    let column = 0;
    for (let i = starts[low] as number; i <= offset; i++) {
      column++;
      if (this.text[i] === "\t") column += 7 - ((column - 1) & 7);
    }
    if (this.origin === null) return { line: low + 1, column };
    const base = this.origin.positions.at(this.origin.offset);
    return { line: base.line + low, column: low === 0 ? column + base.column : column };
  }

  /** Offset of the place in the outermost source: inside a string, that of the string's opening quote. */
  outermost(offset: number): number {
    return this.origin === null ? offset : this.origin.positions.outermost(this.origin.offset);
  }

  get isNested(): boolean {
    return this.origin !== null;
  }

  private starts(): number[] {
    if (this.lineStarts !== null) return this.lineStarts;
    const starts = [0];
    for (let i = 0; i < this.text.length; i++) {
      const code = this.text.charCodeAt(i);
      if (code === 10 || (code === 13 && this.text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.lineStarts = starts;
    return starts;
  }
}
