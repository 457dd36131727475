"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { toast } from "sonner";
import type { TypedEditCall } from "@/server/domain/edits/index";
import type { EditError } from "@/server/domain/errors";
import { useCan } from "../../shell/session";
import { useShortcut } from "../../shell/shortcuts";
import { failureOf } from "../../trpc/failure";
import { type Answers, useTRPC, useTRPCClient } from "../../trpc/trpc";
import { ErrorState } from "../../ui/state/error-state";
import { SkeletonRows } from "../../ui/state/skeleton";
import { type DraftServer, type DraftState, DraftStore } from "./draft-store";

type Api = Answers["api"]["get"];

export type Draft = DraftState & {
  apiId: string;
  canWrite: boolean;
  /** Applies an edit at once; answers why it cannot be applied. */
  dispatch: (...calls: TypedEditCall[]) => EditError | null;
  /** Takes what is being typed, and applies it a moment after the last key. */
  type: (call: TypedEditCall, onRefused: (error: EditError) => void) => void;
  /** Applies what was typed now. */
  settle: () => void;
  /** Like dispatch, with the refusal as a toast: for menus and buttons that have no field to show it at. */
  perform: (...calls: TypedEditCall[]) => boolean;
  flush: () => Promise<void>;
  /** Asks the store itself, for right after a flush. */
  hasUnsaved: () => boolean;
  dismissLost: () => void;
  undo: { label: string | null; run: () => void };
  redo: { label: string | null; run: () => void };
};

/** How soon what another editor saved is seen, when nothing else asks. */
const LOOK_AGAIN_MS = 15_000;

const DraftContext = createContext<Draft | null>(null);

/** The draft around this component. */
export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error("useDraft needs a DraftProvider around it");
  return draft;
}

const timers = {
  now: () => Date.now(),
  set: (run: () => void, delayMs: number) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

function useServer(apiId: string): DraftServer {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const trpc = useTRPC();
  return useMemo(() => {
    const load = () => client.api.get.query({ apiId });
    const refresh = (api: Api) => {
      queries.setQueryData(trpc.api.get.queryKey({ apiId }), api);
      void queries.invalidateQueries(trpc.deployment.preview.pathFilter());
      void queries.invalidateQueries(trpc.api.list.queryFilter());
      void queries.invalidateQueries(trpc.api.history.pathFilter());
    };
    return {
      async edit(revision, edits) {
        const saved = await client.api.edit.mutate({ apiId, revision, edits: [...edits] });
        void load().then(refresh, () => undefined);
        return saved;
      },
      load,
      async move(direction, revision) {
        const { label } = await client.api[direction].mutate({ apiId, revision });
        const api = await load();
        refresh(api);
        return { ...api, label };
      },
      classify(error) {
        const failure = failureOf(error);
        const kind =
          failure.code === "CONFLICT"
            ? "conflict"
            : failure.code === "OFFLINE" || failure.code === "BUG"
              ? "offline"
              : "refused";
        return { kind, message: failure.message };
      },
    };
  }, [apiId, client, queries, trpc]);
}

/** Saves before the page goes away; asks when that is not possible any more. */
function useSaveOnLeave(store: DraftStore) {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!store.hasUnsaved) return;
      void store.flush();
      event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      void store.flush().finally(() => store.dispose());
    };
  }, [store]);
}

function Loaded({ api, children }: { api: Api; children: ReactNode }) {
  const server = useServer(api.id);
  const [store] = useState(() => new DraftStore(api, server, timers));
  const state = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const canWrite = useCan()("api:write");
  useSaveOnLeave(store);
  useEffect(() => store.receive(api), [store, api]);
  const move = (direction: "undo" | "redo") => {
    store.move(direction).then(
      (label) => toast(`${direction === "undo" ? "Undone" : "Redone"}: ${label}`),
      (error) =>
        toast.error(`Nothing was ${direction === "undo" ? "undone" : "redone"}`, {
          description: failureOf(error).message,
        }),
    );
  };
  const undoLabel = canWrite ? (store.hasUnsaved ? "the last change" : (api.undo?.label ?? null)) : null;
  const redoLabel = canWrite && !store.hasUnsaved ? (api.redo?.label ?? null) : null;
  useShortcut(
    { keys: "mod+z", label: "Undo", group: "This API", run: () => move("undo") },
    undoLabel !== null,
  );
  useShortcut(
    { keys: "mod+shift+z", label: "Redo", group: "This API", run: () => move("redo") },
    redoLabel !== null,
  );
  const draft: Draft = {
    ...state,
    apiId: api.id,
    canWrite,
    dispatch: (...calls) => store.dispatch(...calls),
    type: (call, onRefused) => store.type(call, onRefused),
    settle: () => store.settle(),
    perform: (...calls) => {
      const error = store.dispatch(...calls);
      if (error) toast.error(error.message);
      return error === null;
    },
    flush: () => store.flush(),
    hasUnsaved: () => store.hasUnsaved,
    dismissLost: () => store.dismissLost(),
    undo: { label: undoLabel, run: () => move("undo") },
    redo: { label: redoLabel, run: () => move("redo") },
  };
  return <DraftContext value={draft}>{children}</DraftContext>;
}

/** Loads an API's draft and keeps it for the designer, the template studio and the test runner. */
export function DraftProvider({ apiId, children }: { apiId: string; children: ReactNode }) {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.api.get.queryOptions({ apiId }),
    refetchInterval: LOOK_AGAIN_MS,
    refetchOnWindowFocus: "always",
  });
  if (query.data)
    return (
      <Loaded key={apiId} api={query.data}>
        {children}
      </Loaded>
    );
  if (query.error) return <ErrorState error={failureOf(query.error)} onRetry={() => query.refetch()} />;
  return (
    <>
      <div className="h-12 shrink-0 border-line border-b bg-surface" />
      <SkeletonRows rows={8} columns={[30, 50]} />
    </>
  );
}
