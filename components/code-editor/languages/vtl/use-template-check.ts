"use client";
import type * as Monaco from "monaco-editor";
import { useEffect, useState } from "react";
import type { VtlDiagnostic } from "@/server/vtl";
import { type Checked, templateChecks } from "./template-checks";

/** The problems of a template as it is typed, found by a worker. */
export function useTemplateCheck(
  model: Monaco.editor.ITextModel | null,
  contentType?: string,
): readonly VtlDiagnostic[] {
  const [found, setFound] = useState<readonly VtlDiagnostic[]>([]);
  useEffect(() => {
    if (!model) return;
    const checked: Checked = { key: model.id, onFound: setFound, ...(contentType && { contentType }) };
    const read = () => model.getValue();
    templateChecks.check(checked, read);
    const listener = model.onDidChangeContent(() => templateChecks.check(checked, read));
    return () => {
      listener.dispose();
      templateChecks.forget(checked);
    };
  }, [model, contentType]);
  return found;
}
