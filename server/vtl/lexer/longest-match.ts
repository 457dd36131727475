/**
 * The longest match found so far at one place. Offers are made in any order; of equally long ones the lower kind
 * wins, as in javacc.
 */
export class LongestMatch {
  kind = -1;
  length = 0;
  /** Characters looked at before every rule had failed; the place of a lexical error. */
  reach = 0;

  reset(): void {
    this.kind = -1;
    this.length = 0;
    this.reach = 0;
  }

  offer(kind: number, length: number): void {
    if (length === 0) return;
    if (length > this.length || (length === this.length && kind < this.kind)) {
      this.kind = kind;
      this.length = length;
    }
  }

  /** A rule that matched nothing read this many characters. */
  read(length: number): void {
    if (length > this.reach) this.reach = length;
  }
}
