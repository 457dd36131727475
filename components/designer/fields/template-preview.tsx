"use client";
import { useEffect, useMemo } from "react";
import { OutputView } from "../../template-studio/output-view";
import { usePreview } from "../../template-studio/preview/use-preview";
import { starterSample } from "../../template-studio/sample";
import { useDraft } from "../store/draft-provider";
import { useSelection } from "../store/selection";

/** What a template prints for a starter sample, as it is typed; samples of one's own are chosen in the studio. */
export function TemplatePreview({ template, contentType }: { template: string; contentType: string }) {
  const { definition } = useDraft();
  const { key } = useSelection(definition);
  const id = key ? `${key.resourceId} ${key.httpMethod}` : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sample depends on the method only
  const sample = useMemo(() => starterSample(definition, key), [id]);
  const preview = usePreview(sample, { contentType });
  useEffect(() => preview.show({ template }), [preview, template]);
  return (
    <section aria-label="Output for the starter sample" className="flex flex-col gap-1">
      <h4 className="font-semibold text-sm">Output for the starter sample</h4>
      <OutputView preview={preview} compact />
    </section>
  );
}
