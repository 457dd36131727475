import type { VtlOverrides } from "@/server/vtl";
import type { StudioSample } from "./sample";

export type RenderRequest = { id: number; template: string; sample: StudioSample };

export type RenderFailure = {
  message: string;
  line: number | null;
  column: number | null;
  /** The line with a caret below it. */
  place: string;
};

export type RenderReply = {
  id: number;
  durationMs: number;
  output?: string;
  overrides?: VtlOverrides;
  error?: RenderFailure;
};
