"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileCode2, LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { Gate } from "../shell/gate";
import { PageHeader } from "../shell/page-header";
import { useSearchState } from "../shell/use-search-state";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Pane, PaneHandle, Panes } from "../ui/panes";
import { type ImportOptions, ImportOptionsPicker } from "./import-options";
import { ImportOutcome } from "./import-outcome";
import { ImportTargetPicker } from "./import-target";
import { SAMPLE_DOCUMENT } from "./sample-document";
import { type LineMark, SourceEditor } from "./source-editor";
import { type ImportTarget, useImportPreview } from "./use-import-preview";

/** Where the import goes and how, in the URL: `?into=<api>&mode=merge&basepath=prepend&strict`. */
function useTarget() {
  const search = useSearchState();
  const into = search.get("into");
  const mode = search.get("mode") === "overwrite" ? "overwrite" : "merge";
  const target: ImportTarget | null = into ? { apiId: into, mode } : null;
  const setTarget = (next: ImportTarget | null) =>
    search.set({ into: next?.apiId ?? null, mode: next?.mode ?? null });
  const given = search.get("basepath");
  const options: ImportOptions = {
    basePath: given === "prepend" || given === "split" ? given : "ignore",
    failOnWarnings: search.has("strict"),
  };
  const setOptions = ({ basePath, failOnWarnings }: ImportOptions) =>
    search.set({ basepath: basePath === "ignore" ? null : basePath, strict: failOnWarnings ? "" : null });
  return { target, setTarget, options, setOptions, wantsSample: search.has("sample") };
}

function useDocument(wantsSample: boolean) {
  const [source, setSource] = useState(wantsSample ? SAMPLE_DOCUMENT : "");
  const [filename, setFilename] = useState<string | null>(wantsSample ? "pet-store.yaml" : null);
  const read = async (file: File) => {
    setSource(await file.text());
    setFilename(file.name);
  };
  const paste = (text: string) => {
    setSource(text);
    if (!text) setFilename(null);
  };
  const loadSample = () => {
    setSource(SAMPLE_DOCUMENT);
    setFilename("pet-store.yaml");
  };
  return { source, filename, read, paste, loadSample };
}

/** What the gutter shows: the line that cannot be read, or the lines whose content is translated or dropped. */
function marksOf(
  data: ReturnType<typeof useImportPreview>["data"],
  problem: ReturnType<typeof useImportPreview>["problem"],
): LineMark[] {
  if (problem) return problem.line ? [{ line: problem.line, tone: "bad", text: problem.message }] : [];
  return (data?.report ?? [])
    .filter((entry) => entry.outcome !== "kept")
    .map((entry) => ({
      line: entry.line,
      tone: entry.outcome === "dropped" ? "bad" : "warn",
      text: entry.message,
    }));
}

export function ImportScreen() {
  const trpc = useTRPC();
  const router = useRouter();
  const client = useQueryClient();
  const { target, setTarget, options, setOptions, wantsSample } = useTarget();
  const document = useDocument(wantsSample);
  const { source, filename } = document;
  const preview = useImportPreview({ source, filename, target, basePath: options.basePath });
  const [jump, setJump] = useState<{ line: number } | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const run = useMutation(
    trpc.api.import.mutationOptions({
      onSuccess: async ({ apiId }) => {
        await client.invalidateQueries(trpc.api.pathFilter());
        toast.success(target ? "Imported into the draft" : "API imported", {
          description: "Nothing is live before you deploy it.",
        });
        router.push(`/apis/${apiId}/design`);
      },
      onError: (error) => toast.error("Not imported", { description: failureOf(error).message }),
    }),
  );
  const methods = preview.data?.summary.methodCount ?? 0;
  const warnings = preview.data?.report.filter((entry) => entry.warning).length ?? 0;
  const isRefused = options.failOnWarnings && warnings > 0;
  const isRead = preview.isFresh && preview.data !== undefined && !preview.problem;
  const isReady = isRead && !isRefused;
  const marks = useMemo(() => marksOf(preview.data, preview.problem), [preview.data, preview.problem]);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "APIs", href: "/apis" }, { label: "Import" }]}
        actions={
          <Button
            variant="primary"
            disabled={!isReady}
            title={
              isReady
                ? undefined
                : isRead
                  ? "AWS would warn, and the import is to fail on warnings"
                  : "Paste a document that can be read first"
            }
            pending={run.isPending || run.isSuccess}
            onClick={() =>
              run.mutate({
                source,
                ...options,
                ...(filename ? { filename } : {}),
                ...(target ? { target: { ...target, revision: preview.data?.revision ?? undefined } } : {}),
              })
            }
          >
            {run.isPending
              ? "Importing…"
              : isRead
                ? `Import ${methods} ${methods === 1 ? "method" : "methods"}`
                : "Import"}
          </Button>
        }
      />
      <Gate permission="api:write">
        <Panes id="import">
          <Pane id="import-source" defaultSize="55%" minSize="320px">
            <div className="flex h-11 shrink-0 items-center gap-2 border-line border-b bg-surface px-3.5">
              <input
                ref={chooser}
                type="file"
                hidden
                accept=".json,.yaml,.yml,.txt,application/json,application/yaml"
                onChange={(event) => {
                  const [file] = event.target.files ?? [];
                  if (file) void document.read(file);
                  event.target.value = "";
                }}
              />
              <Button size="sm" onClick={() => chooser.current?.click()}>
                <FileCode2 /> Choose a file
              </Button>
              <Button size="sm" variant="ghost" onClick={document.loadSample}>
                Use the sample
              </Button>
              <span className="mono ml-auto truncate text-faint">{document.filename}</span>
              {document.source.trim() && !preview.isFresh ? (
                <LoaderCircle className="size-3.5 animate-spin text-faint" aria-label="Reading" />
              ) : null}
            </div>
            <SourceEditor
              label="OpenAPI document"
              value={document.source}
              onChange={document.paste}
              onFile={(file) => void document.read(file)}
              marks={marks}
              jump={jump}
            />
          </Pane>
          <PaneHandle />
          <Pane id="import-outcome" defaultSize="45%" minSize="320px" className="bg-surface">
            <ImportTargetPicker target={target} onChange={setTarget} />
            <ImportOptionsPicker
              options={options}
              onChange={setOptions}
              warnings={isRead ? warnings : null}
            />
            <ImportOutcome preview={preview} onLine={(line) => setJump({ line })} />
          </Pane>
        </Panes>
      </Gate>
    </>
  );
}
