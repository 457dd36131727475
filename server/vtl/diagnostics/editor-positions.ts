/** A place as an editor counts: lines and columns from 1, every UTF-16 unit one column. */
export type EditorRange = { line: number; column: number; endLine: number; endColumn: number };

/** The lines of a text, for turning offsets into an editor's places. */
export class EditorPositions {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (const match of text.matchAll(/\r\n|\r|\n/g)) this.starts.push(match.index + match[0].length);
  }

  /** At least one character wide, unless the text is empty. */
  range(start: number, end: number): EditorRange {
    const from = Math.min(Math.max(0, start), this.text.length);
    const to = Math.min(Math.max(end, from), this.text.length);
    const first = this.at(from === to && from > 0 ? from - 1 : from);
    const last = this.at(from === to && from === 0 ? Math.min(1, this.text.length) : to);
    return { ...first, endLine: last.line, endColumn: last.column };
  }

  private at(offset: number): { line: number; column: number } {
    let line = this.starts.findLastIndex((start) => start <= offset);
    if (line < 0) line = 0;
    return { line: line + 1, column: offset - (this.starts[line] as number) + 1 };
  }
}
