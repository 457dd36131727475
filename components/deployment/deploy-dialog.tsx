"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useRefreshApi } from "../api/use-api";
import { failureOf, fieldError, formError } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Dialog } from "../ui/overlay/dialog";
import { Select } from "../ui/select";
import { ErrorState } from "../ui/state/error-state";
import { Notice } from "../ui/state/notice";
import { SkeletonRows } from "../ui/state/skeleton";
import { Textarea } from "../ui/textarea";
import { DeployResult } from "./deploy-result";
import { DiffList, DiffSummary } from "./diff-list";
import { ProblemList } from "./problem-list";

type Api = Answers["api"]["get"];

const NEW_STAGE = "+new";
const STAGE_NAME = /^[a-zA-Z0-9_-]{1,128}$/;

/** Which stage is meant, and whether its name can be one. */
function useTarget(api: Api, wanted: string | undefined) {
  const known = api.stages.map((stage) => stage.name);
  const first = wanted && known.includes(wanted) ? wanted : wanted ? NEW_STAGE : (known[0] ?? NEW_STAGE);
  const [choice, setChoice] = useState(first);
  const [newName, setNewName] = useState(
    wanted && !known.includes(wanted) ? wanted : known.length ? "" : "dev",
  );
  const isNew = choice === NEW_STAGE;
  const name = isNew ? newName.trim() : choice;
  let problem: string | undefined;
  if (isNew && known.includes(name)) problem = `There is a stage ${name} already: choose it in the list`;
  else if (isNew && name && !STAGE_NAME.test(name)) problem = "Letters, digits, _ and -, at most 128";
  return { known, choice, setChoice, newName, setNewName, isNew, name, problem };
}

function Changes({ api, stageName }: { api: Api; stageName: string | undefined }) {
  const trpc = useTRPC();
  const preview = useQuery(
    trpc.deployment.preview.queryOptions({ apiId: api.id, ...(stageName ? { stageName } : {}) }),
  );
  if (preview.error) return <ErrorState error={failureOf(preview.error)} onRetry={() => preview.refetch()} />;
  if (!preview.data) return <SkeletonRows rows={4} columns={[60, 20]} />;
  const { problems, sameAsLive, liveNumber } = preview.data;
  // Before the first deployment there is nothing to remove from.
  const changes = preview.data.changes.filter((entry) => liveNumber !== null || entry.kind !== "removed");
  const errors = problems.filter((problem) => problem.severity === "error").length;
  return (
    <div className="flex flex-col gap-3">
      {problems.length > 0 ? (
        <section aria-label="Problems found" className="rounded-md border border-line">
          <h3 className="border-line border-b px-3 py-1.5 font-semibold text-sm">
            {errors > 0
              ? `${errors} ${errors === 1 ? "error has" : "errors have"} to be fixed first`
              : `${problems.length} ${problems.length === 1 ? "warning" : "warnings"}, none stops a deployment`}
          </h3>
          <div className="max-h-40 overflow-y-auto">
            <ProblemList apiId={api.id} problems={problems} />
          </div>
        </section>
      ) : null}
      <section aria-label="What will change" className="rounded-md border border-line">
        <h3 className="flex items-center gap-3 border-line border-b px-3 py-1.5 font-semibold text-sm">
          {liveNumber === null
            ? "What is deployed"
            : stageName
              ? `What changes on ${stageName}, which serves #${liveNumber}`
              : `What changes against the newest deployment, #${liveNumber}`}
          <span className="ml-auto font-normal">
            <DiffSummary changes={changes} />
          </span>
        </h3>
        <div className="max-h-72 overflow-y-auto">
          <DiffList
            changes={changes}
            empty={
              sameAsLive
                ? `${stageName ?? "The latest deployment"} already is exactly this draft. Deploying makes a new deployment with the same content.`
                : "No differences."
            }
          />
        </div>
      </section>
    </div>
  );
}

/** What will change, where, and then proof that it is live. */
export function DeployDialog({
  api,
  stageName,
  onClose,
}: {
  api: Api;
  stageName?: string | undefined;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(api.id);
  const target = useTarget(api, stageName);
  const [description, setDescription] = useState("");
  const compared = target.isNew ? undefined : target.name;
  const preview = useQuery(
    trpc.deployment.preview.queryOptions({ apiId: api.id, ...(compared ? { stageName: compared } : {}) }),
  );
  const deploy = useMutation(trpc.deployment.create.mutationOptions({ onSuccess: () => refresh() }));
  const errors = preview.data?.problems.filter((problem) => problem.severity === "error").length ?? 0;
  const blocked =
    target.problem ??
    (target.name
      ? preview.isPending
        ? "Reading what changes"
        : errors > 0
          ? "Fix the errors first"
          : undefined
      : "Name the stage first");
  if (deploy.data) return <DeployResult api={api} result={deploy.data} onClose={onClose} />;
  const readAgain = async () => {
    await refresh();
    deploy.reset();
  };
  const submit = () => {
    if (blocked || deploy.isPending) return;
    deploy.mutate({
      apiId: api.id,
      stageName: target.name,
      // What was shown is what is deployed: a newer draft is refused.
      revision: preview.data?.revision ?? api.revision,
      ...(description.trim() ? { description: description.trim() } : {}),
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={`Deploy ${api.name}`}
      description="Freezes this draft and puts it live on a stage. Gateways take it in without dropping a request."
      footer={
        <>
          {blocked ? <span className="mr-auto text-muted text-sm">{blocked}</span> : null}
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" pending={deploy.isPending} disabled={Boolean(blocked)} onClick={submit}>
            {deploy.isPending ? "Deploying…" : `Deploy to ${target.name || "…"}`}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {deploy.error ? (
          <Notice
            tone="bad"
            title="Not deployed"
            actions={
              failureOf(deploy.error).code === "CONFLICT" ? (
                <Button size="sm" onClick={readAgain}>
                  Read it again
                </Button>
              ) : null
            }
          >
            {formError(deploy.error, ["stageName"]) ?? failureOf(deploy.error).message}
          </Notice>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Stage">
            <Select
              value={target.choice}
              onValueChange={target.setChoice}
              options={[
                ...api.stages.map((stage) => ({
                  value: stage.name,
                  label: stage.name,
                  hint: `serves #${stage.deploymentNumber}`,
                })),
                { value: NEW_STAGE, label: "New stage" },
              ]}
            />
          </Field>
          {target.isNew ? (
            <Field
              label="Stage name"
              required
              error={target.problem ?? fieldError(deploy.error, "stageName")}
              help="Part of the URL, as in dev, staging or prod"
            >
              <Input
                mono
                value={target.newName}
                onChange={(event) => target.setNewName(event.target.value)}
                placeholder="dev"
              />
            </Field>
          ) : null}
        </div>
        <Field label="Description" aside="optional">
          <Textarea
            value={description}
            onChange={(event) => setDescription(event.target.value)}
            placeholder="Why this deployment, in a sentence"
            rows={2}
            className="min-h-0"
          />
        </Field>
        <Changes api={api} stageName={compared} />
      </form>
    </Dialog>
  );
}
