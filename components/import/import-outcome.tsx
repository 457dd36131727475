"use client";
import { FileInput } from "lucide-react";
import { useState } from "react";
import { DiffList } from "../deployment/diff-list";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/state/empty-state";
import { Notice } from "../ui/state/notice";
import { SkeletonRows } from "../ui/state/skeleton";
import { TabPanel, Tabs } from "../ui/tabs";
import { ImportReport } from "./import-report";
import { ResourcePreview } from "./resource-preview";
import type { useImportPreview } from "./use-import-preview";

/** What the import would make, what became of each part, and what changes in an API that exists. */
export function ImportOutcome({
  preview,
  onLine,
}: {
  preview: ReturnType<typeof useImportPreview>;
  onLine: (line: number) => void;
}) {
  const [tab, setTab] = useState("resources");
  if (preview.problem) {
    const { message, line, column } = preview.problem;
    return (
      <div className="p-3.5">
        <Notice
          tone="bad"
          title={line ? `Line ${line}${column ? `, column ${column}` : ""}` : "This document cannot be read"}
          actions={
            line ? (
              <Button size="sm" onClick={() => onLine(line)}>
                Show
              </Button>
            ) : null
          }
        >
          {message}
        </Notice>
      </div>
    );
  }
  const { data } = preview;
  if (!data)
    return preview.isEmpty ? (
      <EmptyState icon={<FileInput />} title="See it before it is made">
        The resources, what was kept, translated or dropped, and what would change appear here as soon as
        there is a document on the left. Links to other files or addresses are never fetched.
      </EmptyState>
    ) : (
      <SkeletonRows columns={[60, 20]} />
    );
  const changes = data.changes ?? null;
  const active = tab === "changes" && !changes ? "resources" : tab;
  return (
    <Tabs
      label="Import preview"
      value={active}
      onValueChange={setTab}
      className="flex-1"
      items={[
        { value: "resources", label: "Resources", count: data.summary.resources.length },
        { value: "report", label: "Report", count: data.report.length },
        ...(changes ? [{ value: "changes", label: "Changes", count: changes.length }] : []),
      ]}
    >
      <TabPanel value="resources" className="flex flex-col">
        <p className="px-3.5 pt-2.5 pb-1">
          <span className="font-medium">{data.summary.name}</span>
          <span className="text-faint">
            {" "}
            from {data.sourceVersion.startsWith("2") ? "Swagger" : "OpenAPI"} {data.sourceVersion}
          </span>
        </p>
        <ResourcePreview resources={data.summary.resources} />
      </TabPanel>
      <TabPanel value="report" className="flex flex-col">
        <ImportReport report={data.report} onLine={onLine} />
      </TabPanel>
      {changes ? (
        <TabPanel value="changes" className="overflow-y-auto">
          <DiffList changes={changes} empty="The draft already says all of this." />
        </TabPanel>
      ) : null}
    </Tabs>
  );
}
