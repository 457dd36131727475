"use client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { saveFile } from "../shell/save-file";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Field } from "../ui/field";
import { Dialog } from "../ui/overlay/dialog";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { Notice } from "../ui/state/notice";
import { type Extensions, ExtensionsField } from "./extensions-field";
import { useApi } from "./use-api";

const DRAFT = "(draft)";

/** The API as OpenAPI or as what deploys it to AWS, seen before it is downloaded. */
export function ExportDialog({ apiId, onClose }: { apiId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const { data: api } = useApi(apiId);
  const [source, setSource] = useState(DRAFT);
  const [format, setFormat] = useState<"oas30" | "swagger" | "cloudformation" | "terraform">("oas30");
  const isOpenApi = format === "oas30" || format === "swagger";
  const [syntax, setSyntax] = useState<"json" | "yaml">("yaml");
  const [extensions, setExtensions] = useState<Extensions>(true);
  const document = useQuery(
    trpc.api.export.queryOptions({
      apiId,
      format,
      syntax,
      extensions,
      ...(source === DRAFT ? {} : { stageName: source }),
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={`Export ${api?.name ?? "API"}`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Close
          </Button>
          <Button
            variant="primary"
            disabled={!document.data}
            onClick={() => document.data && saveFile(document.data)}
          >
            <Download /> Download {document.data?.filename}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
          <Field label="What" className="w-44">
            <Select
              value={source}
              onValueChange={setSource}
              options={[
                { value: DRAFT, label: "The draft" },
                ...(api?.stages ?? []).map((stage) => ({
                  value: stage.name,
                  label: stage.name,
                  hint: `#${stage.deploymentNumber}`,
                })),
              ]}
            />
          </Field>
          <Segmented
            label="Format"
            className="self-end"
            value={format}
            onValueChange={setFormat}
            options={[
              { value: "oas30", label: "OpenAPI 3.0" },
              { value: "swagger", label: "Swagger 2.0" },
              { value: "cloudformation", label: "CloudFormation" },
              { value: "terraform", label: "Terraform" },
            ]}
          />
          {isOpenApi ? (
            <Segmented
              label="Syntax"
              className="self-end"
              value={syntax}
              onValueChange={setSyntax}
              options={[
                { value: "yaml", label: "YAML" },
                { value: "json", label: "JSON" },
              ]}
            />
          ) : null}
        </div>
        {isOpenApi ? (
          <ExtensionsField value={extensions} onChange={setExtensions} />
        ) : (
          <p className="text-muted text-sm">
            Deploys the same API to AWS, with a deployment and a stage; plans and keys are not in it.
          </p>
        )}
        {document.error ? <Notice tone="bad">{failureOf(document.error).message}</Notice> : null}
        <CodeBlock
          code={document.data?.content ?? "…"}
          label="exported document"
          className="[&>section]:h-[42vh]"
        />
      </div>
    </Dialog>
  );
}
