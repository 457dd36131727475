import type { ApiDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { EditError } from "@/server/domain/errors";
import { hashDefinition } from "@/server/domain/hash-definition";

export type SaveState =
  | { kind: "saved"; at: number | null }
  | { kind: "waiting" }
  | { kind: "saving" }
  | { kind: "offline"; message: string }
  | { kind: "refused"; message: string };

/** An edit of ours that no longer applies to what somebody else saved meanwhile. */
export type LostEdit = { call: TypedEditCall; label: string; reason: string };

export type DraftState = {
  readonly definition: ApiDefinition;
  readonly revision: number;
  readonly draftHash: string;
  readonly save: SaveState;
  readonly lost: readonly LostEdit[];
};

/** What the server holds after a call. */
export type ServerDraft = { revision: number; definition: ApiDefinition; draftHash: string };

/** The server's side of the draft. `edit` rejects with `isConflict` true if the revision is not the newest. */
export type DraftServer = {
  edit(revision: number, edits: readonly TypedEditCall[]): Promise<{ revision: number; draftHash: string }>;
  load(): Promise<ServerDraft>;
  move(direction: "undo" | "redo", revision: number): Promise<ServerDraft & { label: string }>;
  /** What a failed call means for the draft. */
  classify(error: unknown): { kind: "conflict" | "offline" | "refused"; message: string };
};

export type DraftTimers = { set: (run: () => void, delayMs: number) => () => void; now: () => number };

const SAVE_DELAY_MS = 400;
const RETRY_DELAY_MS = 3000;
const MOST_ROUNDS = 20;

/**
 * The draft in the browser. An edit takes effect at once, by the same pure function the server runs, and is sent in
 * order a moment later. When somebody else saved first, the unsent edits are applied again on top of theirs; those
 * that no longer apply are kept in `lost` and shown.
 */
export class DraftStore {
  #state: DraftState;
  /** What the server has; the pending edits stand between it and `#state.definition`. */
  #base: ApiDefinition;
  #pending: TypedEditCall[] = [];
  #typed: Typed | null = null;
  /** How many of the first pending edits the server may have: batches whose answers did not arrive. */
  #inDoubt: number[] = [];
  #sending: Promise<boolean> | null = null;
  #cancelTimer: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(
    draft: ServerDraft,
    private readonly server: DraftServer,
    private readonly timers: DraftTimers,
  ) {
    this.#base = draft.definition;
    this.#state = { ...draft, save: { kind: "saved", at: null }, lost: [] };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): DraftState => this.#state;

  get hasUnsaved(): boolean {
    return this.#typed !== null || this.#pending.length > 0 || this.#sending !== null;
  }

  /**
   * Keeps an edit that every key replaces, such as a template's text: it is applied before anything else is, at the
   * latest when it would be sent. A key then costs no new definition and no render of what shows it.
   */
  type(call: TypedEditCall, onRefused: (error: EditError) => void): void {
    if (this.#typed && !sameTarget(this.#typed.call, call)) this.settle();
    this.#typed = { call, onRefused };
    this.#schedule(SAVE_DELAY_MS);
    if (this.#state.save.kind !== "waiting") this.#set({ save: { kind: "waiting" } });
  }

  /** Applies what was typed. */
  settle(): void {
    const typed = this.#typed;
    this.#typed = null;
    const refused = typed && this.dispatch(typed.call);
    if (!refused) return;
    typed.onRefused(refused);
    if (!this.hasUnsaved) this.#set({ save: { kind: "saved", at: null } });
  }

  /** Applies an edit; answers why it cannot be applied, and then nothing has changed. */
  dispatch(...calls: TypedEditCall[]): EditError | null {
    this.settle();
    try {
      const { definition } = applyEdits(this.#state.definition, calls);
      this.#queue(calls);
      this.#set({ definition, save: { kind: "waiting" } });
      this.#schedule(SAVE_DELAY_MS);
      return null;
    } catch (error) {
      if (error instanceof EditError) return error;
      throw error;
    }
  }

  /** Sends what is pending now. Resolves when nothing is, or when it could not be sent. */
  async flush(): Promise<void> {
    this.settle();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    // More than one round: edits are made while a batch is under way, and others save first.
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (!this.#sending && this.#pending.length === 0) return;
      if (!(await (this.#sending ?? this.#send()))) return;
    }
  }

  /** Undoes or redoes the newest step of the stored history. Answers its label. */
  async move(direction: "undo" | "redo"): Promise<string> {
    await this.flush();
    if (this.hasUnsaved) throw new Error("Not everything is saved yet");
    try {
      const { label, ...draft } = await this.server.move(direction, this.#state.revision);
      this.#rebase(draft);
      return label;
    } catch (error) {
      if (this.server.classify(error).kind === "conflict") this.receive(await this.server.load());
      throw error;
    }
  }

  /** Takes in what the server holds if it is newer, e.g. after another editor saved. */
  receive(draft: ServerDraft): void {
    if (this.hasUnsaved || draft.revision <= this.#state.revision) return;
    this.#adopt(draft);
  }

  dismissLost(): void {
    this.#set({ lost: [] });
  }

  dispose(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** Typing changes one field many times a second: the newest value of a field replaces the one before it. */
  #queue(calls: readonly TypedEditCall[]): void {
    const last = this.#pending.at(-1);
    const [call] = calls;
    const isFree = this.#pending.length > Math.max(0, ...this.#inDoubt);
    if (last && call && isFree && calls.length === 1 && sameTarget(last, call))
      this.#pending[this.#pending.length - 1] = call;
    else this.#pending.push(...calls);
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.timers.set(() => {
      this.#cancelTimer = null;
      void this.flush();
    }, delayMs);
  }

  /** Sends one batch. True if there is reason to go on: it was taken, or now stands on what others saved. */
  #send(): Promise<boolean> {
    const batch = this.#pending;
    this.#pending = [];
    this.#set({ save: { kind: "saving" } });
    this.#sending = this.server
      .edit(this.#state.revision, batch)
      .then(
        ({ revision, draftHash }) => {
          this.#base = applyEdits(this.#base, batch).definition;
          this.#inDoubt = [];
          const save: SaveState = this.#pending.length
            ? { kind: "waiting" }
            : { kind: "saved", at: this.timers.now() };
          this.#set({ revision, draftHash, save });
          return true;
        },
        (error: unknown) => this.#onFailure(error, batch),
      )
      .finally(() => {
        this.#sending = null;
      });
    return this.#sending;
  }

  async #onFailure(error: unknown, batch: TypedEditCall[]): Promise<boolean> {
    const { kind, message } = this.server.classify(error);
    if (kind === "offline") return this.#retryLater(batch, message);
    if (kind === "refused") {
      this.#pending = [...batch, ...this.#pending];
      const { revision, draftHash } = this.#state;
      this.#rebase({ definition: this.#base, revision, draftHash }, message);
      return false;
    }
    try {
      const draft = await this.server.load();
      this.#pending = [...batch.slice(this.#alreadyThere(batch, draft)), ...this.#pending];
      this.#rebase(draft);
      return true;
    } catch (loadError) {
      return this.#retryLater(batch, this.server.classify(loadError).message);
    }
  }

  #retryLater(batch: TypedEditCall[], message: string): false {
    this.#pending = [...batch, ...this.#pending];
    this.#inDoubt.push(batch.length);
    this.#set({ save: { kind: "offline", message } });
    this.#schedule(RETRY_DELAY_MS);
    return false;
  }

  /** How many of the batch's first edits the server took earlier, when only its answer got lost on the way. */
  #alreadyThere(batch: readonly TypedEditCall[], draft: ServerDraft): number {
    const isThere = (count: number) =>
      hashDefinition(applyEdits(this.#base, batch.slice(0, count)).definition) === draft.draftHash;
    return this.#inDoubt.find(isThere) ?? 0;
  }

  /** Puts the pending edits on top of `draft`; `refusal` means the server takes none of them. */
  #rebase(draft: ServerDraft, refusal?: string): void {
    const kept: TypedEditCall[] = [];
    const lost: LostEdit[] = [];
    let definition = draft.definition;
    for (const call of this.#pending) {
      try {
        if (refusal !== undefined) throw new EditError("BAD_REQUEST", refusal);
        definition = applyEdits(definition, [call]).definition;
        kept.push(call);
      } catch (error) {
        lost.push({ call, label: call.name.replaceAll("-", " "), reason: (error as Error).message });
      }
    }
    this.#base = draft.definition;
    this.#inDoubt = [];
    this.#pending = kept;
    const save: SaveState = refusal
      ? { kind: "refused", message: refusal }
      : kept.length > 0
        ? { kind: "waiting" }
        : { kind: "saved", at: this.timers.now() };
    this.#set({ ...draft, definition, save, lost: [...this.#state.lost, ...lost] });
    if (kept.length > 0) this.#schedule(0);
  }

  #adopt(draft: ServerDraft): void {
    this.#base = draft.definition;
    this.#set({ ...draft, save: { kind: "saved", at: this.timers.now() } });
  }

  #set(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

type Typed = { call: TypedEditCall; onRefused: (error: EditError) => void };

type Input = Record<string, unknown>;
const changedFields = (input: Input) =>
  Object.keys((input.changes ?? {}) as object)
    .sort()
    .join();
const part =
  (entity: string, key: string) =>
  (input: Input): unknown =>
    (input[entity] as Input | undefined)?.[key];

/** Edits that set one thing as a whole: the second of two for the same thing makes the first needless. */
const TARGETS: Partial<Record<TypedEditCall["name"], (input: Input) => unknown>> = {
  "update-api": changedFields,
  "update-method": changedFields,
  "update-integration": changedFields,
  "put-integration-response": part("integrationResponse", "statusCode"),
  "put-method-response": part("methodResponse", "statusCode"),
  "put-model": part("model", "name"),
  "put-request-validator": part("requestValidator", "id"),
  "put-authorizer": part("authorizer", "id"),
  "put-gateway-response": part("gatewayResponse", "responseType"),
};

function sameTarget(before: TypedEditCall, after: TypedEditCall): boolean {
  const target = TARGETS[after.name];
  if (before.name !== after.name || !target) return false;
  const [a, b] = [before.input as Input, after.input as Input];
  // A model that must not be there yet stays an edit of its own, so that the server still checks it.
  if (a.onlyIfNew) return false;
  return a.resourceId === b.resourceId && a.httpMethod === b.httpMethod && target(a) === target(b);
}
