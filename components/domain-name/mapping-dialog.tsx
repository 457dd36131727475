"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../shell/loaded";
import { fieldError, formError } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FormDialog } from "../ui/overlay/form-dialog";
import { Select } from "../ui/select";
import type { Mapping } from "./domain-words";
import { useDomainChange } from "./use-domain-change";

/** Radix has no empty value. */
const FROM_PATH = "*";

/** Adds a base-path mapping, or changes one. */
export function MappingDialog({
  domainName,
  mapping,
  onClose,
}: {
  domainName: string;
  mapping: Mapping | null;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const change = useDomainChange();
  const apis = useQuery(trpc.api.list.queryOptions());
  const [basePath, setBasePath] = useState(mapping?.basePath ?? "");
  const [apiId, setApiId] = useState(mapping?.apiName ? mapping.apiId : "");
  const [stage, setStage] = useState(mapping?.isStageThere ? (mapping.stageName ?? FROM_PATH) : "");
  const put = useMutation(trpc.domainName.putMapping.mutationOptions(change(onClose)));
  return (
    <FormDialog
      title={mapping ? "Change the mapping" : "Map a base path"}
      description={domainName}
      action={mapping ? "Save" : "Add mapping"}
      onSubmit={() =>
        put.mutate({
          domainName,
          basePath,
          apiId,
          stageName: stage === FROM_PATH ? null : stage,
          before: mapping?.basePath ?? null,
        })
      }
      onClose={onClose}
      pending={put.isPending}
      blocked={apiId && stage ? false : "Choose an API and a stage"}
      problem={formError(put.error, ["basePath"])}
    >
      <Field
        label="Base path"
        help="Taken off before the API sees the path; empty is everything no other mapping takes"
        error={fieldError(put.error, "basePath")}
      >
        <Input
          autoFocus
          mono
          value={basePath}
          onChange={(event) => setBasePath(event.target.value)}
          placeholder="v1"
        />
      </Field>
      <Loaded query={apis} skeleton={<div className="h-28" />}>
        {(list) => (
          <TargetFields
            apis={list}
            target={{ apiId, stage }}
            onChange={(target) => {
              setApiId(target.apiId);
              setStage(target.stage);
            }}
          />
        )}
      </Loaded>
    </FormDialog>
  );
}

type Target = { apiId: string; stage: string };

/** What a base path leads to. */
function TargetFields({
  apis,
  target: { apiId, stage },
  onChange,
}: {
  apis: Answers["api"]["list"];
  target: Target;
  onChange: (target: Target) => void;
}) {
  const stagesOf = (id: string) => apis.find((api) => api.id === id)?.stages ?? [];
  return (
    <>
      <Field label="API" required>
        <Select
          value={apiId || undefined}
          onValueChange={(id) => onChange({ apiId: id, stage: stagesOf(id)[0]?.name ?? FROM_PATH })}
          placeholder="Choose an API"
          options={apis.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field label="Stage" required>
        <Select
          value={stage || undefined}
          onValueChange={(name) => onChange({ apiId, stage: name })}
          placeholder="Choose a stage"
          disabled={!apiId}
          options={[
            ...stagesOf(apiId).map(({ name }) => ({ value: name, label: name })),
            { value: FROM_PATH, label: "the next part of the path names it" },
          ]}
        />
      </Field>
    </>
  );
}
