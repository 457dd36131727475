"use client";
import { Braces } from "lucide-react";
import Link from "next/link";
import { useEffect, useMemo, useRef, useState } from "react";
import { ApiHeader } from "../api/api-header";
import { CodeEditor, type EditorHandle } from "../code-editor/code-editor";
import { LostEditsDialog } from "../designer/lost-edits-dialog";
import { StatusBar } from "../designer/status-bar";
import { DraftProvider, useDraft } from "../designer/store/draft-provider";
import { useSelection } from "../designer/store/selection";
import type { TemplateAddress } from "../designer/store/studio-href";
import { useProblems } from "../designer/use-badges";
import { Button } from "../ui/button";
import { Pane, PaneHandle, Panes, PaneTitle } from "../ui/panes";
import { Select } from "../ui/select";
import { EmptyState } from "../ui/state/empty-state";
import { Verb } from "../ui/verb";
import { type OutputKind, OutputPane } from "./output-pane";
import { usePreview, usePreviewMarkers } from "./preview/use-preview";
import { type StudioSample, starterSample, surroundingsOf } from "./sample";
import { SamplePane } from "./sample-pane";
import { SavedSamples } from "./saved-samples";
import { templatesOf, useTemplate } from "./use-template";

type Template = ReturnType<typeof useTemplate>;

const idOf = ({ side, statusCode, contentType }: TemplateAddress) =>
  `${side} ${statusCode ?? ""} ${contentType}`;
const wordsOf = ({ side, statusCode, contentType }: TemplateAddress) =>
  `${side === "request" ? "Request" : `Response ${statusCode}`}, ${contentType}`;

function TemplatePicker({ template }: { template: Template }) {
  const { definition } = useDraft();
  const { methods, key, templates, address, open } = template;
  if (!key || !address) return null;
  const methodId = (one: { resourceId: string; httpMethod: string }) => `${one.resourceId} ${one.httpMethod}`;
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-line border-b bg-surface px-3.5">
      <Select
        aria-label="Method"
        className="w-64"
        value={methodId(key)}
        onValueChange={(id) => {
          const next = methods.find((one) => methodId(one) === id);
          const first = next && templatesOf(definition, next)[0];
          if (first) open(first);
        }}
        options={methods.map((one) => ({
          value: methodId(one),
          label: (
            <span className="flex items-center gap-2">
              <Verb method={one.httpMethod} />
              <span className="mono">{one.path}</span>
            </span>
          ),
        }))}
      />
      <Select
        aria-label="Template of the method"
        className="w-64"
        value={idOf(address)}
        onValueChange={(id) => {
          const next = templates.find((one) => idOf(one) === id);
          if (next) open(next);
        }}
        options={templates.map((one) => ({ value: idOf(one), label: wordsOf(one) }))}
      />
    </div>
  );
}

function Bench({ template, address }: { template: Template; address: TemplateAddress }) {
  const { definition, canWrite, type, settle } = useDraft();
  const methodId = `${address.resourceId} ${address.httpMethod}`;
  const [opened, setOpened] = useState({ name: "starter", count: 0 });
  const [sample, setSample] = useState<StudioSample>(() => starterSample(definition, address));
  const [refusal, setRefusal] = useState<string | null>(null);
  const [kind, setKind] = useState<OutputKind>("raw");
  const editor = useRef<EditorHandle | null>(null);
  const preview = usePreview(sample, {
    isPretty: kind === "pretty",
    isTraced: kind === "trace",
    contentType: address.contentType,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed into one template is applied before the next
  useEffect(() => settle, [methodId, idOf(address)]);
  const markers = usePreviewMarkers(preview);
  const surroundings = useMemo(() => surroundingsOf(sample), [sample]);
  const change = (text: string) => {
    const call = template.changeTo(text);
    if (refusal) setRefusal(null);
    if (call) type(call, (error) => setRefusal(error.message));
  };
  const title = useMemo(() => `Sample: ${opened.name}`, [opened.name]);
  return (
    <Panes id="studio">
      <Pane id="studio-sample" defaultSize="28%" minSize="220px" className="bg-surface">
        <PaneTitle
          aside={
            <SavedSamples
              methodKey={address}
              sample={sample}
              onOpen={(next, name) => {
                setSample(next);
                setOpened(({ count }) => ({ name, count: count + 1 }));
              }}
            />
          }
        >
          {title}
        </PaneTitle>
        <SamplePane
          key={opened.count}
          sample={sample}
          onChange={setSample}
          onInsert={(expression) => editor.current?.insert(expression)}
        />
      </Pane>
      <PaneHandle />
      <Pane id="studio-template" defaultSize="40%" minSize="300px" className="bg-surface">
        <PaneTitle aside={<span className="mono">{address.contentType}</span>}>Template</PaneTitle>
        <CodeEditor
          key={`${methodId} ${idOf(address)}`}
          language="vtl"
          label="Template"
          value={template.source}
          readOnly={!canWrite}
          onChange={change}
          contentType={address.contentType}
          surroundings={surroundings}
          markers={markers}
          onText={(text) => preview.show({ template: text })}
          onReady={(handle) => {
            editor.current = handle;
          }}
          className="min-h-0 flex-1 rounded-none border-0 border-t"
        />
        {refusal ? (
          <p role="alert" className="border-line border-t px-3.5 py-1.5 text-bad text-sm">
            Not saved: {refusal}
          </p>
        ) : null}
      </Pane>
      <PaneHandle />
      <Pane id="studio-output" defaultSize="32%" minSize="240px" className="bg-surface">
        <OutputPane kind={kind} onKindChange={setKind} preview={preview} editor={editor} />
      </Pane>
    </Panes>
  );
}

function Studio({ apiId }: { apiId: string }) {
  const draft = useDraft();
  const template = useTemplate();
  const selection = useSelection(draft.definition);
  const problems = useProblems();
  const { address } = template;
  return (
    <>
      <ApiHeader
        apiId={apiId}
        section="Templates"
        undo={draft.undo}
        redo={draft.redo}
        beforeDeploy={draft.flush}
      />
      <TemplatePicker template={template} />
      {address ? (
        <Bench key={`${address.resourceId} ${address.httpMethod}`} template={template} address={address} />
      ) : (
        <EmptyState
          icon={<Braces />}
          title="No method can have a template yet"
          className="flex-1"
          actions={
            <Button asChild variant="primary">
              <Link href={`/apis/${apiId}/design`}>Add a method</Link>
            </Button>
          }
        >
          Templates turn a request into what the back end wants, and its answer into what clients get. Mock,
          HTTP and AWS integrations have them; proxies pass everything through.
        </EmptyState>
      )}
      <StatusBar problems={problems} selection={selection} />
      <LostEditsDialog />
    </>
  );
}

/** The template studio: sample, template, output, rendered on every keystroke by the gateway's own engine. */
export function StudioScreen({ apiId }: { apiId: string }) {
  return (
    <DraftProvider apiId={apiId}>
      <Studio apiId={apiId} />
    </DraftProvider>
  );
}
