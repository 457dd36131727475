"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FormDialog } from "../ui/overlay/form-dialog";
import { limitProblems, limitsInput, NO_LIMITS, PlanLimitsFields } from "./plan-limits-fields";

export function NewPlanDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [limits, setLimits] = useState({
    ...NO_LIMITS,
    rate: 10 as number | null,
    burst: 20 as number | null,
  });
  const create = useMutation(
    trpc.usagePlan.create.mutationOptions({
      onSuccess: ({ planId }) => {
        void client.invalidateQueries(trpc.usagePlan.pathFilter());
        router.push(`/usage-plans/${planId}`);
      },
    }),
  );
  const submit = () =>
    create.mutate({
      name: name.trim(),
      ...(description.trim() ? { description: description.trim() } : {}),
      ...limitsInput(limits),
    });
  const problem = formError(create.error, ["name"]);
  return (
    <FormDialog
      title="New usage plan"
      description="Limits that hold for each key in the plan, on the stages it covers."
      action="Create plan"
      onSubmit={submit}
      onClose={onClose}
      pending={create.isPending || create.isSuccess}
      blocked={name.trim() ? Object.keys(limitProblems(limits)).length > 0 : "Name it first"}
      problem={problem}
    >
      <Field label="Name" required error={fieldError(create.error, "name")}>
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} placeholder="Free" />
      </Field>
      <Field label="Description" aside="optional">
        <Input value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <PlanLimitsFields limits={limits} onChange={setLimits} />
    </FormDialog>
  );
}
