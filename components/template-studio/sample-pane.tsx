"use client";
import { useState } from "react";
import { CodeEditor } from "../code-editor/code-editor";
import { PairsEditor } from "../test-runner/pairs-editor";
import { Segmented } from "../ui/segmented";
import type { StudioSample } from "./sample";
import { SampleTree } from "./sample-tree";

type Texts = Record<string, string>;

/** Rows keep their order and may be half typed; the sample gets those with a name. */
function useRows(entries: Texts, onChange: (next: Texts) => void) {
  const [rows, setRows] = useState(() => Object.entries(entries).map(([name, value]) => ({ name, value })));
  return {
    pairs: rows,
    onChange: (next: { name: string; value: string }[]) => {
      setRows(next);
      onChange(
        Object.fromEntries(next.filter((row) => row.name.trim()).map((row) => [row.name.trim(), row.value])),
      );
    },
  };
}

function Parameters({ sample, onChange }: { sample: StudioSample; onChange: (next: StudioSample) => void }) {
  const path = useRows(sample.path, (next) => onChange({ ...sample, path: next }));
  const query = useRows(sample.query, (next) => onChange({ ...sample, query: next }));
  const headers = useRows(sample.headers, (next) => onChange({ ...sample, headers: next }));
  const variables = useRows(sample.stageVariables, (next) => onChange({ ...sample, stageVariables: next }));
  return (
    <div className="flex flex-col gap-4 overflow-y-auto p-3">
      <PairsEditor label="Path parameters" one="path parameter" {...path} />
      <PairsEditor label="Query string" one="query parameter" {...query} />
      <PairsEditor label="Headers" one="header" {...headers} />
      <PairsEditor label="Stage variables" one="stage variable" {...variables} />
    </div>
  );
}

function Context({ sample, onChange }: { sample: StudioSample; onChange: (next: StudioSample) => void }) {
  const [text, setText] = useState(() => JSON.stringify(sample.context, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const change = (next: string) => {
    setText(next);
    try {
      const context: unknown = JSON.parse(next);
      if (typeof context !== "object" || context === null || Array.isArray(context))
        throw new Error("An object is needed");
      setProblem(null);
      onChange({ ...sample, context: context as Record<string, unknown> });
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <>
      <CodeEditor
        minimal
        label="Sample context"
        language="json"
        value={text}
        onChange={change}
        className="min-h-0 flex-1 rounded-none border-0"
      />
      {problem ? (
        <p role="alert" className="border-line border-t px-3 py-1.5 text-bad text-sm">
          The last valid context is used: {problem}
        </p>
      ) : null}
    </>
  );
}

type Part = "body" | "fields" | "parameters" | "context";

/** What the template is tried on: body, parameters, context. Mounted anew for each sample. */
export function SamplePane({
  sample,
  onChange,
  onInsert,
}: {
  sample: StudioSample;
  onChange: (next: StudioSample) => void;
  onInsert: (expression: string) => void;
}) {
  const [part, setPart] = useState<Part>("body");
  return (
    <>
      <div className="flex px-3 pb-2">
        <Segmented
          label="Part of the sample"
          value={part}
          onValueChange={setPart}
          options={[
            { value: "body", label: "Body" },
            { value: "fields", label: "Fields" },
            { value: "parameters", label: "Parameters" },
            { value: "context", label: "Context" },
          ]}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        {part === "body" ? (
          <CodeEditor
            minimal
            label="Sample body"
            language="json"
            value={sample.body}
            onChange={(body) => onChange({ ...sample, body })}
            className="min-h-0 flex-1 rounded-none border-0"
          />
        ) : null}
        {part === "fields" ? (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <p className="px-3 pt-2 text-faint text-sm">
              Click a field to insert the expression that reads it.
            </p>
            <SampleTree body={sample.body} onInsert={onInsert} />
          </div>
        ) : null}
        {part === "parameters" ? <Parameters sample={sample} onChange={onChange} /> : null}
        {part === "context" ? <Context sample={sample} onChange={onChange} /> : null}
      </div>
    </>
  );
}
