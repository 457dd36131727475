"use client";
import { useCallback, useSyncExternalStore } from "react";
import type { TestInvokeResult } from "@/server/gateway/test-invoke";
import type { Failure } from "../trpc/failure";
import type { TestRequest } from "./test-request";

export type TestRun = { result: TestInvokeResult; at: number };
/** What is remembered of a method: the form as it was left, and the last answer. */
type Stored = { form: TestRequest | null; run: TestRun | null };
/** And for as long as the page lives: the run that is under way, and why the last one was not run. */
export type Remembered = Stored & { running: AbortController | null; failure: Failure | null };

const NOTHING: Remembered = { form: null, run: null, running: null, failure: null };
/** Longer answers stay in memory only: the browser's storage holds about 5 MB for the whole console. */
const STORED_CHARACTERS = 200_000;
const memory = new Map<string, Remembered>();
const listeners = new Set<() => void>();

const storageKey = (id: string) => `gatehouse-test ${id}`;

function recall(id: string): Remembered {
  const known = memory.get(id);
  if (known) return known;
  if (typeof localStorage === "undefined") return NOTHING;
  let stored = NOTHING;
  try {
    stored = { ...NOTHING, ...JSON.parse(localStorage.getItem(storageKey(id)) ?? "{}") };
  } catch {
    localStorage.removeItem(storageKey(id));
  }
  memory.set(id, stored);
  return stored;
}

function remember(id: string, change: Partial<Remembered>): void {
  const next = { ...recall(id), ...change };
  memory.set(id, next);
  const stored: Stored = { form: next.form, run: next.run };
  const text = JSON.stringify(stored);
  try {
    localStorage.setItem(
      storageKey(id),
      text.length > STORED_CHARACTERS ? JSON.stringify({ form: next.form }) : text,
    );
  } catch {
    // A full or forbidden storage: what is in memory lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The last test of a method; it survives navigation and reloads. */
export function useTestMemory(id: string): [Remembered, (change: Partial<Remembered>) => void] {
  const remembered = useSyncExternalStore(
    subscribe,
    () => recall(id),
    () => NOTHING,
  );
  const change = useCallback((next: Partial<Remembered>) => remember(id, next), [id]);
  return [remembered, change];
}
