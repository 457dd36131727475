"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { NodeConfirmation } from "../deployment/node-confirmation";
import { isSame } from "../shell/is-same";
import { useCan } from "../shell/session";
import { useShortcut } from "../shell/shortcuts";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Section } from "../ui/section";
import { limitProblems, limitsInput, type PlanLimits, PlanLimitsFields } from "./plan-limits-fields";
import { useRefreshPlans } from "./use-refresh-plans";
import { WhatIf } from "./what-if";

type Plan = Answers["usagePlan"]["get"];
type Form = { name: string; description: string; limits: PlanLimits };

const formOf = (plan: Plan): Form => ({
  name: plan.name,
  description: plan.description,
  limits: {
    rate: plan.throttle?.rateLimit ?? null,
    burst: plan.throttle?.burstLimit ?? null,
    quota: plan.quota?.limit ?? null,
    offset: plan.quota?.offset || null,
    period: plan.quota?.period ?? "MONTH",
    mode: plan.quota?.mode ?? "strict",
    throttleShadow: plan.throttle?.shadow ?? false,
    quotaShadow: plan.quota?.shadow ?? false,
  },
});

/** What a limit admits, whether it is enforced or only counts. */
function numbersOf(limit: object | null | undefined): object | null {
  if (!limit) return null;
  const { shadow: _, mode: __, ...numbers } = limit as { shadow?: boolean; mode?: string };
  return numbers;
}

const changesOf = ({ name, description, limits }: Form) => ({
  name: name.trim(),
  description: description.trim(),
  ...limitsInput(limits),
});

/** Name and limits of a plan. Limits are never shown as changed before the gateways have them. */
export function PlanSettings({ plan }: { plan: Plan }) {
  const trpc = useTRPC();
  const readOnly = !useCan()("plan:write");
  const refresh = useRefreshPlans();
  const [edited, setEdited] = useState<Form | null>(null);
  const form = edited ?? formOf(plan);
  const update = useMutation(
    trpc.usagePlan.update.mutationOptions({
      onSuccess: async (_, { changes }) => {
        await refresh();
        // What was typed meanwhile is kept.
        setEdited((now) => (now && isSame(changesOf(now), changes) ? null : now));
      },
    }),
  );
  const set = (change: Partial<Form>) => {
    if (!update.isIdle && !update.isPending) update.reset();
    setEdited({ ...form, ...change });
  };
  const isDirty = edited !== null && !isSame(edited, formOf(plan));
  const isBlocked = !form.name.trim() || Object.keys(limitProblems(form.limits)).length > 0;
  const limits = limitsInput(form.limits);
  const saved = limitsInput(formOf(plan).limits);
  const changed = {
    quota: !isSame(numbersOf(limits.quota), numbersOf(saved.quota)),
    rate: !isSame(numbersOf(limits.throttle), numbersOf(saved.throttle)),
  };
  const save = () => {
    if (!isDirty || isBlocked || update.isPending) return;
    update.mutate({ planId: plan.id, changes: changesOf(form) });
  };
  useShortcut({ keys: "mod+s", label: "Save the plan", run: save, inFields: true }, isDirty);
  return (
    <Section title="Limits for each key">
      <div className="flex flex-col gap-3 p-3.5">
        <Field label="Name" error={form.name.trim() ? undefined : "Needs a name"}>
          <Input
            value={form.name}
            readOnly={readOnly}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label="Description">
          <Input
            value={form.description}
            readOnly={readOnly}
            onChange={(event) => set({ description: event.target.value })}
          />
        </Field>
        <PlanLimitsFields limits={form.limits} onChange={(limits) => set({ limits })} readOnly={readOnly} />
      </div>
      {!isBlocked && (changed.quota || changed.rate) ? (
        <WhatIf plan={plan} quota={limits.quota} changed={changed} />
      ) : null}
      {readOnly ? null : (
        <div className="flex min-h-12 items-center gap-2 border-line border-t px-3.5 py-2">
          <div className="min-w-0 flex-1 text-sm">
            {update.error ? (
              <p role="alert" className="text-bad">
                {failureOf(update.error).message}
              </p>
            ) : isDirty ? (
              <p className="text-muted">Not saved yet</p>
            ) : update.data ? (
              <NodeConfirmation configChangeId={update.data.configChangeId} verb="Saved, live" />
            ) : null}
          </div>
          {isDirty ? (
            <Button variant="ghost" onClick={() => setEdited(null)}>
              Discard
            </Button>
          ) : null}
          <Button
            variant={isDirty ? "primary" : "default"}
            disabled={!isDirty || isBlocked}
            title={isDirty ? undefined : "Nothing has changed"}
            pending={update.isPending}
            onClick={save}
          >
            Save
          </Button>
        </div>
      )}
    </Section>
  );
}
