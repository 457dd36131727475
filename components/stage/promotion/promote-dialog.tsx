"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { TRPCQueryKey } from "@trpc/tanstack-react-query";
import { useState } from "react";
import { useApi, useRefreshApi } from "../../api/use-api";
import { DiffList, DiffSummary } from "../../deployment/diff-list";
import { NodeConfirmation } from "../../deployment/node-confirmation";
import { ProblemList } from "../../deployment/problem-list";
import { failureOf } from "../../trpc/failure";
import { type Answers, useTRPC } from "../../trpc/trpc";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/overlay/dialog";
import { ErrorState } from "../../ui/state/error-state";
import { Notice } from "../../ui/state/notice";
import { SkeletonRows } from "../../ui/state/skeleton";
import { UseList } from "../use-list";
import { SettingChoices } from "./setting-choices";
import { TargetField } from "./target-field";
import { VariableChoices } from "./variable-choices";

type Preview = Answers["stage"]["previewPromotion"];

/** Gives a stage the deployment another one serves, after showing what changes there and for whom. */
export function PromoteDialog({
  apiId,
  from,
  onClose,
}: {
  apiId: string;
  from: string;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const { data: api } = useApi(apiId);
  const others = (api?.stages ?? []).map(({ name }) => name).filter((name) => name !== from);
  const [chosen, setChosen] = useState<string | null>(null);
  const to = chosen ?? others.find((name) => name === "prod") ?? others[0] ?? "";
  const [copied, setCopied] = useState<ReadonlySet<string>>(new Set());
  const [settings, setSettings] = useState<ReadonlySet<string>>(new Set());
  const isNamed = /^[a-zA-Z0-9_-]{1,128}$/.test(to) && to !== from;
  const preview = useQuery({
    ...trpc.stage.previewPromotion.queryOptions({ apiId, from, to, copyVariables: [...copied] }),
    enabled: isNamed,
    // Another choice of variables keeps what is shown, another target does not.
    placeholderData: (shown, query) => (targetOf(query?.queryKey) === to ? shown : undefined),
  });
  const promote = useMutation(trpc.stage.promote.mutationOptions({ onSuccess: () => refresh() }));
  const choose = (next: string) => {
    setChosen(next);
    setCopied(new Set());
    setSettings(new Set());
    promote.reset();
  };
  const data = isNamed && !preview.error ? preview.data : undefined;
  if (promote.data) return <Promoted result={promote.data} onClose={onClose} />;
  const blocked = !isNamed
    ? "Name the stage first"
    : preview.error
      ? "Could not be read"
      : data
        ? blockedBy(data, copied.size + settings.size)
        : "Reading";
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={data ? `Promote #${data.source.number} from ${from}` : `Promote ${from}`}
      description="The target gets the very same deployment, with nothing built anew. To go back, roll it back."
      footer={
        <>
          {blocked ? <span className="mr-auto text-muted text-sm">{blocked}</span> : null}
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            pending={promote.isPending}
            disabled={Boolean(blocked) || preview.isPlaceholderData}
            onClick={() =>
              data &&
              promote.mutate({
                apiId,
                from,
                to,
                copyVariables: [...copied],
                copySettings: [...settings],
                expected: { source: data.source.deploymentId, target: data.target?.deploymentId ?? null },
              })
            }
          >
            {promote.isPending ? "Promoting…" : `Promote to ${to || "…"}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {promote.error ? (
          <Notice
            tone="bad"
            title="Not promoted"
            actions={
              failureOf(promote.error).code === "CONFLICT" ? (
                <Button size="sm" onClick={() => preview.refetch().then(() => promote.reset())}>
                  Read it again
                </Button>
              ) : null
            }
          >
            {failureOf(promote.error).message}
          </Notice>
        ) : null}
        <TargetField value={to} others={others} onChange={choose} />
        {preview.error && isNamed ? (
          <ErrorState error={failureOf(preview.error)} onRetry={() => preview.refetch()} />
        ) : data ? (
          <WhatChanges
            apiId={apiId}
            preview={data}
            names={{ from, to }}
            variables={{ chosen: copied, choose: setCopied }}
            settings={{ chosen: settings, choose: setSettings }}
          />
        ) : isNamed ? (
          <SkeletonRows rows={5} columns={[60, 20]} />
        ) : null}
      </div>
    </Dialog>
  );
}

/** The stage that a preview was asked for. */
const targetOf = (queryKey: TRPCQueryKey | undefined) =>
  (queryKey?.[1]?.input as { to?: string } | undefined)?.to;

function blockedBy({ isSame, canary, target }: Preview, chosen: number): string | undefined {
  if (isSame && !canary && chosen === 0) return `${target?.stageName} serves it already`;
  return undefined;
}

type Choice = { chosen: ReadonlySet<string>; choose: (chosen: ReadonlySet<string>) => void };

function WhatChanges({
  apiId,
  preview,
  names,
  variables,
  settings,
}: {
  apiId: string;
  preview: Preview;
  names: { from: string; to: string };
  variables: Choice;
  settings: Choice;
}) {
  const { target, changes, problems, canary, use } = preview;
  const told = eachOnce(problems);
  return (
    <>
      {canary ? (
        <Notice tone="warn" title={`The canary of ${names.to} ends`}>
          #{canary.number} with {canary.percentTraffic} % of the requests is taken away, as with a deployment.
        </Notice>
      ) : null}
      <section aria-label="What will change" className="rounded-md border border-line">
        <h3 className="flex items-center gap-3 border-line border-b px-3 py-1.5 font-semibold text-sm">
          {target
            ? `What changes on ${names.to}, which serves #${target.number}`
            : `${names.to} is a new stage`}
          <span className="ml-auto font-normal">
            <DiffSummary changes={changes} />
          </span>
        </h3>
        <div className="max-h-56 overflow-y-auto">
          <DiffList changes={changes} empty="Nothing: both serve the same content." />
        </div>
      </section>
      <VariableChoices differences={preview.variables} names={names} {...variables} />
      {told.length > 0 ? (
        <section aria-label="Problems found" className="rounded-md border border-line">
          <h3 className="border-line border-b px-3 py-1.5 font-semibold text-sm">
            {problems.length} {problems.length === 1 ? "warning" : "warnings"} with the variables of{" "}
            {names.to}
          </h3>
          <div className="max-h-40 overflow-y-auto">
            <ProblemList apiId={apiId} problems={told} />
          </div>
        </section>
      ) : null}
      <SettingChoices differences={preview.settings} names={names} {...settings} />
      <section aria-label="Who is affected">
        <h3 className="mb-1 font-semibold text-sm">Who is affected</h3>
        <UseList
          use={use}
          nobody={`No usage plan, key, domain name or request of the last hour is on ${names.to}.`}
        />
      </section>
    </>
  );
}

/** A variable that many methods read is told once, with how many places that are. */
function eachOnce(problems: Preview["problems"]): Preview["problems"] {
  return problems.flatMap((problem, index) => {
    const same = problems.filter(({ message }) => message === problem.message);
    if (problems.findIndex(({ message }) => message === problem.message) < index) return [];
    return [
      same.length === 1 ? problem : { ...problem, message: `${problem.message}, in ${same.length} places` },
    ];
  });
}

function Promoted({ result, onClose }: { result: Answers["stage"]["promote"]; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title={`${result.stageName} serves #${result.number}`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <NodeConfirmation configChangeId={result.configChangeId} />
    </Dialog>
  );
}
