import type { Frame } from "@/server/vtl/compiler/frame";
import { combineOrigins, variableOrigin } from "@/server/vtl/trace/extend-origin";
import type { KnownOrigins } from "@/server/vtl/trace/reference-origin";
import type { StepPlace, TraceRecorder } from "@/server/vtl/trace/trace-recorder";
import type { TraceOrigin } from "@/server/vtl/trace/trace-types";
import { isPlainMap } from "@/server/vtl/values/is-plain-map";

export type OriginOf = () => TraceOrigin;
export type Observe = (frame: Frame, run: () => void) => void;

type Observed = {
  readonly name: string;
  readonly slot: number;
  readonly place: StepPlace;
  readonly pieces: readonly OriginOf[];
};

/**
 * Notices when a call such as `$list.add($x)` changed the list or map a variable holds, as far as a preview and the
 * number of members tell. The variable then also comes from what the call was given.
 */
export function observeVariable(
  { name, slot, place, pieces }: Observed,
  { recorder, known }: { readonly recorder: TraceRecorder; readonly known: KnownOrigins },
): Observe {
  return (frame, run) => {
    const value = frame.slots[slot];
    const isCollection = Array.isArray(value) || isPlainMap(value);
    if (!isCollection || recorder.isFull) return run();
    const [before, sizeBefore] = [recorder.preview(value), sizeOf(value)];
    run();
    const after = recorder.preview(value);
    if (frame.slots[slot] !== value || (before === after && sizeBefore === sizeOf(value))) return;
    recorder.addChange({ name, before, after });
    noteMembers(known, { name, place, added: pieces.map((piece) => piece()) });
  };
}

const sizeOf = (value: unknown[] | Map<unknown, unknown>): number =>
  Array.isArray(value) ? value.length : value.size;

const bindings = new Set(["input", "util", "context", "stageVariables"]);

/** A variable's list or map got members: as a whole it now comes from their data too. */
export function noteMembers(
  known: KnownOrigins,
  {
    name,
    place,
    added,
  }: { readonly name: string; readonly place: StepPlace; readonly added: readonly TraceOrigin[] },
): void {
  const before = known.variables.get(name);
  if (before === undefined && bindings.has(name)) return;
  // What comes from the payload or the parameters keeps its paths: most of its members are still those.
  if (before !== undefined && isData(before)) return;
  const origins = before === undefined ? added : [before, ...added];
  known.variables.set(name, variableOrigin(name, place, combineOrigins(place.source, origins)));
}

function isData(origin: TraceOrigin): boolean {
  if (origin.kind === "variable") return isData(origin.from);
  return origin.kind !== "expression" && origin.kind !== "template";
}
