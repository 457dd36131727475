import { describe, expect, it } from "vitest";
import { type ApiDefinition, emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { hashDefinition } from "@/server/domain/hash-definition";
import { type DraftServer, DraftStore, type ServerDraft } from "./draft-store";

const addResource = (id: string, pathPart: string): TypedEditCall => ({
  name: "create-resource",
  input: { id, parentId: "root", pathPart },
});
const describeAs = (description: string): TypedEditCall => ({
  name: "update-api",
  input: { changes: { description } },
});

const draftOf = (revision: number, definition: ApiDefinition): ServerDraft => ({
  revision,
  draftHash: hashDefinition(definition),
  definition,
});

/** A server in memory with the real edits and the real revision check. */
function fakeServer() {
  const server = {
    draft: draftOf(1, emptyDefinition({ name: "API", rootId: "root" })),
    batches: [] as TypedEditCall[][],
    failNext: null as Error | null,
    loseNextAnswer: false,
  };
  const commit = (edits: readonly TypedEditCall[]) => {
    server.draft = draftOf(server.draft.revision + 1, applyEdits(server.draft.definition, edits).definition);
    server.batches.push([...edits]);
  };
  const port: DraftServer = {
    async edit(revision, edits) {
      if (server.failNext) {
        const error = server.failNext;
        server.failNext = null;
        throw error;
      }
      if (revision !== server.draft.revision) throw new Error("conflict");
      commit(edits);
      if (server.loseNextAnswer) {
        server.loseNextAnswer = false;
        throw new Error("offline");
      }
      return server.draft;
    },
    load: async () => server.draft,
    move: async () => ({ ...server.draft, label: "nothing" }),
    classify: (error) => {
      const { message } = error as Error;
      return { kind: message === "conflict" || message === "offline" ? message : "refused", message };
    },
  };
  return { server, port, commit };
}

/** Timers that fire when told to. */
function manualTimers() {
  let waiting: (() => void) | null = null;
  return {
    timers: {
      now: () => 0,
      set: (run: () => void) => {
        waiting = run;
        return () => {
          waiting = null;
        };
      },
    },
    fire: () => waiting?.(),
  };
}

describe("the draft store", () => {
  it("applies an edit at once and sends it later, in order", async () => {
    const { server, port } = fakeServer();
    const { timers } = manualTimers();
    const store = new DraftStore(server.draft, port, timers);
    expect(store.dispatch(addResource("a", "pets"))).toBeNull();
    store.dispatch(addResource("b", "orders"));
    expect(Object.keys(store.snapshot().definition.resources)).toEqual(["root", "a", "b"]);
    expect(server.batches).toEqual([]);
    await store.flush();
    expect(server.batches).toEqual([[addResource("a", "pets"), addResource("b", "orders")]]);
    expect(store.snapshot()).toMatchObject({
      revision: 2,
      draftHash: server.draft.draftHash,
      save: { kind: "saved" },
    });
  });

  it("keeps what is typed for when it is sent, or for the next edit", async () => {
    const { server, port } = fakeServer();
    const store = new DraftStore(server.draft, port, manualTimers().timers);
    for (const text of ["a", "ab", "abc"]) store.type(describeAs(text), () => expect.unreachable());
    expect(store.snapshot().definition.description).toBe("");
    expect(store.hasUnsaved).toBe(true);
    expect(store.snapshot().save).toEqual({ kind: "waiting" });
    store.dispatch(addResource("a", "pets"));
    expect(store.snapshot().definition.description).toBe("abc");
    store.type(describeAs("abcd"), () => expect.unreachable());
    await store.flush();
    expect(server.batches).toEqual([[describeAs("abc"), addResource("a", "pets"), describeAs("abcd")]]);
    expect(store.hasUnsaved).toBe(false);
  });

  it("tells when what was typed cannot be applied", () => {
    const { server, port } = fakeServer();
    const store = new DraftStore(server.draft, port, manualTimers().timers);
    const refused: string[] = [];
    store.type(addResource("a", "not a path"), ({ message }) => refused.push(message));
    store.settle();
    expect(refused).toHaveLength(1);
    expect(store.hasUnsaved).toBe(false);
    expect(store.snapshot().save.kind).toBe("saved");
  });

  it("answers why an edit cannot be applied and keeps the draft as it was", () => {
    const { server, port } = fakeServer();
    const store = new DraftStore(server.draft, port, manualTimers().timers);
    const error = store.dispatch(addResource("a", "not a path"));
    expect(error?.message).toMatch(/path part/i);
    expect(store.hasUnsaved).toBe(false);
  });

  it("sends only the newest value of a field that is being typed", async () => {
    const { server, port } = fakeServer();
    const store = new DraftStore(server.draft, port, manualTimers().timers);
    for (const text of ["p", "pe", "pet"]) store.dispatch(describeAs(text));
    await store.flush();
    expect(server.batches).toEqual([[describeAs("pet")]]);
  });

  it("keeps apart what is typed into different parts, and a new part from its changes", async () => {
    const { server, port } = fakeServer();
    const store = new DraftStore(server.draft, port, manualTimers().timers);
    const model = (name: string, description: string, onlyIfNew = false): TypedEditCall => ({
      name: "put-model",
      input: { model: { name, description, schema: '{"type":"object"}' }, onlyIfNew },
    });
    const calls = [model("A", "", true), model("A", "x"), model("A", "xy"), model("B", "z")];
    for (const call of calls) store.dispatch(call);
    await store.flush();
    expect(server.batches).toEqual([[calls[0], calls[2], calls[3]]]);
  });

  it("puts unsent edits on top of what another editor saved first", async () => {
    const { server, port, commit } = fakeServer();
    const { timers, fire } = manualTimers();
    const store = new DraftStore(server.draft, port, timers);
    commit([addResource("x", "theirs")]);
    store.dispatch(addResource("a", "ours"));
    await store.flush();
    fire();
    await store.flush();
    expect(Object.keys(server.draft.definition.resources)).toEqual(["root", "x", "a"]);
    expect(store.snapshot().lost).toEqual([]);
  });

  it("shows an unsent edit that no longer applies, and keeps the others", async () => {
    const { server, port, commit } = fakeServer();
    const { timers, fire } = manualTimers();
    const store = new DraftStore(server.draft, port, timers);
    commit([addResource("x", "pets")]);
    store.dispatch(addResource("a", "pets"));
    store.dispatch(describeAs("ours"));
    await store.flush();
    fire();
    await store.flush();
    expect(store.snapshot().lost.map(({ call }) => call)).toEqual([addResource("a", "pets")]);
    expect(server.draft.definition.description).toBe("ours");
  });

  it("keeps edits while the server cannot be reached and sends them when it can", async () => {
    const { server, port } = fakeServer();
    const { timers, fire } = manualTimers();
    const store = new DraftStore(server.draft, port, timers);
    server.failNext = new Error("offline");
    store.dispatch(describeAs("kept"));
    await store.flush();
    expect(store.snapshot().save.kind).toBe("offline");
    fire();
    await store.flush();
    expect(server.draft.definition.description).toBe("kept");
  });

  it("knows its own edit again when only the answer was lost", async () => {
    const { server, port } = fakeServer();
    const { timers, fire } = manualTimers();
    const store = new DraftStore(server.draft, port, timers);
    server.loseNextAnswer = true;
    store.dispatch(addResource("a", "pets"));
    await store.flush();
    store.dispatch(addResource("b", "orders"));
    fire();
    await store.flush();
    expect(store.snapshot()).toMatchObject({ lost: [], revision: 3, save: { kind: "saved" } });
    expect(Object.keys(server.draft.definition.resources)).toEqual(["root", "a", "b"]);
  });

  it("resolves every flush only when all is saved, also when others saved first", async () => {
    const { server, port, commit } = fakeServer();
    const store = new DraftStore(server.draft, port, manualTimers().timers);
    commit([addResource("x", "theirs")]);
    store.dispatch(addResource("a", "ours"));
    const first = store.flush();
    store.dispatch(addResource("b", "ours-too"));
    await store.flush();
    expect(store.hasUnsaved).toBe(false);
    await first;
    expect(Object.keys(server.draft.definition.resources)).toEqual(["root", "x", "a", "b"]);
  });

  it("keeps what is typed while an undo is under way", async () => {
    const { server, port } = fakeServer();
    const store = new DraftStore(server.draft, port, manualTimers().timers);
    const undone = store.move("undo");
    await Promise.resolve();
    store.dispatch(describeAs("typed"));
    await undone;
    expect(store.snapshot().definition.description).toBe("typed");
    await store.flush();
    expect(server.draft.definition.description).toBe("typed");
  });

  it("takes in a newer draft only while nothing of its own is unsent", () => {
    const { server, port, commit } = fakeServer();
    const store = new DraftStore(server.draft, port, manualTimers().timers);
    commit([describeAs("theirs")]);
    store.receive(server.draft);
    expect(store.snapshot().definition.description).toBe("theirs");
    store.dispatch(describeAs("ours"));
    commit([describeAs("theirs again")]);
    store.receive(server.draft);
    expect(store.snapshot().definition.description).toBe("ours");
  });
});
