"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { EditorMarker } from "../../code-editor/code-editor";
import type { StudioSample } from "../sample";
import { Preview, type PreviewState } from "./preview";

type Options = { isPretty?: boolean; isTraced?: boolean; contentType?: string };

/** A preview for a sample, laid out or with its steps if asked for; tell it the template by `show`. */
export function usePreview(
  sample: StudioSample,
  { isPretty = false, isTraced = false, contentType = "" }: Options = {},
): Preview {
  const [preview] = useState(() => new Preview());
  const wantsJson = /\bjson\b/i.test(contentType);
  useEffect(
    () => preview.show({ sample, isPretty, isTraced, wantsJson }),
    [preview, sample, isPretty, isTraced, wantsJson],
  );
  useEffect(() => () => preview.dispose(), [preview]);
  return preview;
}

export function usePreviewState(preview: Preview): PreviewState {
  return useSyncExternalStore(preview.subscribe, preview.snapshot, preview.snapshot);
}

/** What only shows on the sample, for the template's editor. */
export function usePreviewMarkers(preview: Preview): readonly EditorMarker[] {
  const read = () => preview.snapshot().markers;
  return useSyncExternalStore(preview.subscribe, read, read);
}
