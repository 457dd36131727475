import type { LineSplice } from "./line-splice";

const LINES_A_BLOCK = 50;
const LINE_HEIGHT_PX = 19;

type Block = { element: HTMLElement; text: Text; lines: string[] };

/**
 * Shows lines in an element, in blocks of fifty. A splice touches the blocks it changes, and the browser lays out those
 * alone, however long the output is. The element's text is the lines put together.
 */
export class LineView {
  readonly #blocks: Block[] = [];

  constructor(private readonly parent: HTMLElement) {
    parent.replaceChildren();
  }

  apply({ from, remove, lines }: LineSplice): void {
    let { index, offset } = this.#find(from);
    let put: readonly string[] = lines;
    let left = remove;
    if (this.#blocks.length === 0) {
      this.#insert(0, put);
      return;
    }
    for (;;) {
      const block = this.#blocks[index];
      if (!block) return;
      const here = Math.min(left, block.lines.length - offset);
      block.lines.splice(offset, here, ...put);
      left -= here;
      put = [];
      this.#refresh(index);
      if (left === 0) return;
      // A block that became several, or none, has changed the count.
      ({ index, offset } = this.#find(from + lines.length));
    }
  }

  /** The block a line stands in; the end belongs to the last block. */
  #find(line: number): { index: number; offset: number } {
    let offset = line;
    for (const [index, block] of this.#blocks.entries()) {
      if (offset < block.lines.length || index === this.#blocks.length - 1) return { index, offset };
      offset -= block.lines.length;
    }
    return { index: 0, offset: 0 };
  }

  #refresh(index: number): void {
    const block = this.#blocks[index] as Block;
    if (block.lines.length === 0) {
      block.element.remove();
      this.#blocks.splice(index, 1);
      return;
    }
    const rest = block.lines.length > 2 * LINES_A_BLOCK ? block.lines.splice(LINES_A_BLOCK) : [];
    this.#write(block);
    if (rest.length > 0) this.#insert(index + 1, rest);
  }

  #insert(index: number, lines: readonly string[]): void {
    const next = this.#blocks[index]?.element ?? null;
    const made: Block[] = [];
    for (let start = 0; start < lines.length; start += LINES_A_BLOCK) {
      const element = document.createElement("div");
      const text = document.createTextNode("");
      element.append(text);
      element.style.contentVisibility = "auto";
      const block = { element, text, lines: lines.slice(start, start + LINES_A_BLOCK) };
      this.#write(block);
      made.push(block);
    }
    for (const { element } of made) this.parent.insertBefore(element, next);
    this.#blocks.splice(index, 0, ...made);
  }

  #write({ element, text, lines }: Block): void {
    element.style.containIntrinsicBlockSize = `auto ${lines.length * LINE_HEIGHT_PX}px`;
    text.data = lines.join("");
  }
}
