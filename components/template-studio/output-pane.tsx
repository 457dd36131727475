"use client";
import { type RefObject, useState } from "react";
import type { EditorHandle } from "../code-editor/code-editor";
import { CopyButton } from "../ui/copy-button";
import { Pane, PaneHandle, Panes, PaneTitle } from "../ui/panes";
import { Segmented } from "../ui/segmented";
import { OutputFacts, OutputView } from "./output-view";
import type { Preview } from "./preview/preview";
import { usePreviewState } from "./preview/use-preview";
import { TracePanel } from "./trace-panel";

export type OutputKind = "raw" | "pretty" | "trace";

type Props = { preview: Preview; editor: RefObject<EditorHandle | null> };

function EmptyNote({ preview }: { preview: Preview }) {
  if (!usePreviewState(preview).isTemplateEmpty) return null;
  return (
    <p className="pb-2 text-muted">
      There is no template here yet, so the body is passed on as it is. Type one to make it.
    </p>
  );
}

function Output({ preview, editor, chosen }: Props & { chosen: number | null }) {
  const { trace } = usePreviewState(preview);
  const range = chosen === null ? null : (trace?.rows[chosen]?.output ?? null);
  return (
    <section aria-label="Output" className="min-h-0 flex-1 overflow-auto border-line border-t px-3.5 py-2.5">
      <EmptyNote preview={preview} />
      <OutputView
        preview={preview}
        marked={trace && { output: trace.output, range }}
        onReveal={(line, column) => editor.current?.reveal(line, column)}
      />
    </section>
  );
}

/** The output above, what the template did below; each step leads to its place in both. */
function Traced({ preview, editor }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <Panes id="studio-trace" direction="vertical">
      <Pane id="studio-trace-output" defaultSize="35%" minSize="60px">
        <Output preview={preview} editor={editor} chosen={chosen} />
      </Pane>
      <PaneHandle />
      <Pane id="studio-trace-steps" minSize="120px">
        <TracePanel
          preview={preview}
          chosen={chosen}
          onChoose={({ index, span }) => {
            setChosen(index);
            editor.current?.select(span.start, span.end);
          }}
          onOpen={({ span }) => editor.current?.select(span.start, span.end, { focus: true })}
        />
      </Pane>
    </Panes>
  );
}

/** What a template prints for the sample, and, where asked for, how it came to it. */
export function OutputPane({
  kind,
  onKindChange,
  ...parts
}: Props & { kind: OutputKind; onKindChange: (kind: OutputKind) => void }) {
  const { preview } = parts;
  return (
    <>
      <PaneTitle
        aside={
          <>
            <Segmented
              label="Output as"
              value={kind}
              onValueChange={onKindChange}
              options={[
                { value: "raw", label: "Raw" },
                { value: "pretty", label: "Pretty" },
                { value: "trace", label: "Trace" },
              ]}
            />
            <CopyButton text={preview.text} label="Copy the output" />
          </>
        }
      >
        Output
      </PaneTitle>
      <div className="flex h-7 shrink-0 items-center border-line border-t bg-sunken px-3.5">
        <OutputFacts preview={preview} />
      </div>
      {kind === "trace" ? <Traced {...parts} /> : <Output {...parts} chosen={null} />}
    </>
  );
}
