"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Dialog } from "../ui/overlay/dialog";
import { Notice } from "../ui/state/notice";
import { limitProblems, limitsInput, NO_LIMITS, PlanLimitsFields } from "./plan-limits-fields";

export function NewPlanDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const client = useQueryClient();
  const form = useId();
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
  const isBlocked = !name.trim() || Object.keys(limitProblems(limits)).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBlocked) return;
    create.mutate({
      name: name.trim(),
      ...(description.trim() ? { description: description.trim() } : {}),
      ...limitsInput(limits),
    });
  };
  const problem = formError(create.error, ["name"]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New usage plan"
      description="Limits that hold for each key in the plan, on the stages it covers."
      width="sm"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            pending={create.isPending || create.isSuccess}
            disabled={isBlocked}
            title={name.trim() ? undefined : "Name it first"}
          >
            Create plan
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        <Field label="Name" required error={fieldError(create.error, "name")}>
          <Input
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="Free"
          />
        </Field>
        <Field label="Description" aside="optional">
          <Input value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <PlanLimitsFields limits={limits} onChange={setLimits} />
      </form>
    </Dialog>
  );
}
