import type { OpenSecret } from "@/server/adapters/functions/function-endpoints";

/** An access key that stands, as it is stored: its secret is sealed, also on disk. */
export type StoredAccessKey = {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly secretCipher: string;
  /** IAM policy document; null is none. */
  readonly policy: unknown;
};

/** What a signature is checked with. */
export type OpenedAccessKey = Omit<StoredAccessKey, "secretCipher"> & { readonly secretAccessKey: string };

/** Access keys in memory; a secret is opened when it is first needed. */
export class MemoryAccessKeys {
  readonly #stored = new Map<string, StoredAccessKey>();
  readonly #opened = new Map<string, OpenedAccessKey>();

  constructor(private readonly open: OpenSecret) {}

  /** Null if it is unknown, of another workspace, or sealed under another key. */
  find(id: string, workspaceId: string): OpenedAccessKey | null {
    const key = this.#opened.get(id) ?? this.#openKey(id);
    return key?.workspaceId === workspaceId ? key : null;
  }

  put(key: StoredAccessKey): void {
    this.#stored.set(key.id, key);
    this.#opened.delete(key.id);
  }

  remove(id: string): void {
    this.#stored.delete(id);
    this.#opened.delete(id);
  }

  replaceAll(keys: readonly StoredAccessKey[]): void {
    this.#stored.clear();
    this.#opened.clear();
    for (const key of keys) this.#stored.set(key.id, key);
  }

  snapshot(): StoredAccessKey[] {
    return [...this.#stored.values()];
  }

  #openKey(id: string): OpenedAccessKey | null {
    const stored = this.#stored.get(id);
    if (!stored) return null;
    const { secretCipher, ...rest } = stored;
    const secretAccessKey = this.open(secretCipher, id);
    if (secretAccessKey === null) return null;
    const opened = { ...rest, secretAccessKey };
    this.#opened.set(id, opened);
    return opened;
  }
}
