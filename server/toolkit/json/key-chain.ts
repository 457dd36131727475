/** Objects of one shape: the same keys in the same order. */
export interface Shape {
  readonly keys: readonly string[];
  /** place of each key */
  readonly places: ReadonlyMap<unknown, number>;
}

/** Keys a chain may have that are compared one by one with a new one. */
const FEW_KEYS = 8;

/**
 * A key of an object after the keys before it. Objects with the same keys share a chain, and most objects of a text
 * have the keys of the one before, so that the next key can be guessed instead of read. No key is twice in a chain.
 */
export class KeyNode {
  /** where the key stands in the text for the first time */
  readonly start: number;
  /** keys so far */
  readonly count: number;
  /** the key that followed most recently */
  next: KeyNode | null = null;
  /** how many objects end here, and their number for it */
  uses = 0;
  number = -1;
  private insideRoot: KeyNode | null = null;
  private others: Map<string, KeyNode> | null = null;
  private knownShape: Shape | null = null;

  constructor(
    readonly key: string,
    readonly previous: KeyNode | null,
    place: { start: number; count: number },
  ) {
    this.start = place.start;
    this.count = place.count;
  }

  /** What the keys of objects in this place follow. */
  inner(): KeyNode {
    this.insideRoot ??= new KeyNode("", null, { start: 0, count: 0 });
    return this.insideRoot;
  }

  /** The node of a key that was not guessed, with the chain ending here; null if it is in the chain already. */
  follow(key: string, start: number): KeyNode | null {
    let node = this.others?.get(key) ?? (this.next?.key === key ? this.next : null);
    if (node === null) {
      if (this.contains(key)) return null;
      node = new KeyNode(key, this, { start, count: this.count + 1 });
      if (this.next !== null) {
        this.others ??= new Map([[this.next.key, this.next]]);
        this.others.set(key, node);
      }
    }
    this.next = node;
    return node;
  }

  private seen: Set<string> | null = null;

  private contains(key: string): boolean {
    if (this.count <= FEW_KEYS) {
      for (let node: KeyNode | null = this; node.previous !== null; node = node.previous) {
        if (node.key === key) return true;
      }
      return false;
    }
    // The set moves along with the end of the chain: a chain of many keys is walked once.
    const before = this.previous?.seen ?? null;
    if (this.previous !== null) this.previous.seen = null;
    this.seen = before ?? new Set(this.keys());
    this.seen.add(this.key);
    return this.seen.has(key);
  }

  get shape(): Shape {
    if (this.knownShape === null) {
      const keys = this.keys();
      this.knownShape = { keys, places: new Map(keys.map((key, place) => [key, place])) };
    }
    return this.knownShape;
  }

  keys(): string[] {
    const keys: string[] = [];
    for (let node: KeyNode | null = this; node.previous !== null; node = node.previous) keys.push(node.key);
    return keys.reverse();
  }
}
