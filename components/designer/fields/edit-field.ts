"use client";
import { useState } from "react";
import type { EditError } from "@/server/domain/errors";

/**
 * A field whose every change is tried as an edit. What is refused stays in the field with the reason, and the draft
 * keeps the last good value; when the draft changes elsewhere (undo, another editor) the field follows.
 */
export function useEditField<T>(value: T, commit: (next: T) => EditError | null) {
  const [refused, setRefused] = useState<{ text: T; reason: string; over: T } | null>(null);
  const isCurrent = refused !== null && Object.is(refused.over, value);
  return {
    value: isCurrent ? refused.text : value,
    error: isCurrent ? refused.reason : undefined,
    set: (next: T) => {
      const error = commit(next);
      setRefused(error ? { text: next, reason: error.message, over: value } : null);
    },
  };
}
