export type SavableForm = {
  isDirty: boolean;
  /** Dirty, without a problem, and not being saved already. */
  canSave: boolean;
  save: () => void;
};

/** The forms of one panel, so that one key saves them all. */
export class SavableForms {
  readonly #forms = new Map<string, SavableForm>();
  readonly #listeners = new Set<() => void>();

  /** A form as it is now, in place of what it was. */
  put(key: string, form: SavableForm): void {
    this.#forms.set(key, form);
    this.#tell();
  }

  remove(key: string): void {
    this.#forms.delete(key);
    this.#tell();
  }

  isDirty(): boolean {
    return [...this.#forms.values()].some((form) => form.isDirty);
  }

  saveAll(): void {
    for (const form of this.#forms.values()) if (form.canSave) form.save();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
