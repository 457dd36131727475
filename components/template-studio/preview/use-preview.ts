"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { StudioSample } from "../sample";
import { Preview, type PreviewState } from "./preview";

/** A preview for a sample, laid out or with its steps if asked for; tell it the template by `show`. */
export function usePreview(
  sample: StudioSample,
  { isPretty = false, isTraced = false }: { isPretty?: boolean; isTraced?: boolean } = {},
): Preview {
  const [preview] = useState(() => new Preview());
  useEffect(() => preview.show({ sample, isPretty, isTraced }), [preview, sample, isPretty, isTraced]);
  useEffect(() => () => preview.dispose(), [preview]);
  return preview;
}

export function usePreviewState(preview: Preview): PreviewState {
  return useSyncExternalStore(preview.subscribe, preview.snapshot, preview.snapshot);
}
