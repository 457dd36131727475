"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { NodeConfirmation } from "../deployment/node-confirmation";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { NumberInput } from "../ui/number-input";
import { FormDialog } from "../ui/overlay/form-dialog";
import { formatNumber, THIS_PERIOD_WORDS } from "../usage-plan/limit-words";
import type { QuotaState } from "../usage-plan/quota-bar";
import { useRefreshPlans } from "../usage-plan/use-refresh-plans";

export type LimitedKeyPlan = { id: string; name: string; quota: QuotaState };

/** More requests for one key until its quota starts again; the plan stays as it is. */
export function ExtendQuotaDialog({
  keyId,
  plan,
  onClose,
}: {
  keyId: string;
  plan: LimitedKeyPlan;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const refresh = useRefreshPlans();
  const [more, setMore] = useState<number | null>(Math.max(1, Math.round(plan.quota.limit / 10)));
  const [reason, setReason] = useState("");
  const extend = useMutation(
    trpc.apiKey.extendQuota.mutationOptions({
      onSuccess: async ({ remaining, configChangeId }) => {
        onClose();
        toast(`${formatNumber(remaining)} left ${THIS_PERIOD_WORDS[plan.quota.period]}`, {
          description: <NodeConfirmation configChangeId={configChangeId} verb="Holds" />,
        });
        await refresh();
      },
    }),
  );
  const isWhole = more !== null && Number.isInteger(more) && more >= 1;
  const blocked = isWhole ? (reason.trim() ? false : "Say why: it is kept in the audit log") : "How many?";
  return (
    <FormDialog
      title="More requests for this period"
      description={`On top of the ${formatNumber(plan.quota.remaining)} left in ${plan.name}. The next period starts with the plan's ${formatNumber(plan.quota.limit)} again.`}
      action="Give them"
      onSubmit={() => more !== null && extend.mutate({ keyId, planId: plan.id, more, reason: reason.trim() })}
      onClose={onClose}
      pending={extend.isPending}
      blocked={blocked}
      problem={formError(extend.error, ["more", "reason"])}
    >
      <Field label="More" required error={fieldError(extend.error, "more")}>
        <NumberInput autoFocus value={more} unit="requests" onValueChange={setMore} />
      </Field>
      <Field label="Reason" required error={fieldError(extend.error, "reason")}>
        <Input
          value={reason}
          maxLength={500}
          placeholder="Launch day, agreed with the customer"
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
