import { VtlError } from "@/server/vtl/vtl-error";

/** What one render may still spend. Exceeding it ends the render with a VtlError of kind "limit". */
export class Budget {
  constructor(
    private steps: number,
    readonly textLength: number,
    readonly collectionSize: number,
    readonly depth: number,
  ) {}

  spend(steps: number): void {
    this.steps -= steps;
    if (this.steps < 0) throw exceeded("steps", "The template takes too many steps.");
  }

  checkText(length: number): void {
    if (length > this.textLength)
      throw exceeded("output", "The template's output, or a string it builds, is too long.");
  }

  checkCollection(size: number): void {
    if (size > this.collectionSize)
      throw exceeded("collection", "A list, map or range of the template is too large.");
  }

  checkDepth(depth: number): void {
    if (depth > this.depth)
      throw exceeded("depth", "A value or a block of the template is nested too deeply.");
  }
}

function exceeded(code: string, message: string): VtlError {
  return new VtlError({ kind: "limit", code, message });
}
