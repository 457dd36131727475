"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Gate } from "../shell/gate";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { PlanKeys } from "./plan-keys";
import { PlanSettings } from "./plan-settings";
import { PlanStages } from "./plan-stages";
import { useRefreshPlans } from "./use-refresh-plans";

function DeletePlan({ planId, name }: { planId: string; name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useRefreshPlans();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.usagePlan.delete.mutationOptions({
      onSuccess: () => {
        router.push("/usage-plans");
        toast(`The plan ${name} is deleted`);
        return refresh();
      },
    }),
  );
  return (
    <>
      <Button variant="ghost" onClick={() => setAsking(true)} className="max-sm:hidden">
        Delete plan
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={(open) => {
          setAsking(open);
          remove.reset();
        }}
        title={`Delete the plan ${name}?`}
        action="Delete the plan"
        pending={remove.isPending}
        error={remove.error ? failureOf(remove.error).message : null}
        onConfirm={() => remove.mutate({ planId })}
      >
        Its limits and the stages it covers are lost. A plan with keys cannot be deleted: take them out first.
      </ConfirmDialog>
    </>
  );
}

export function UsagePlanScreen({ planId }: { planId: string }) {
  const trpc = useTRPC();
  const can = useCan();
  const query = useQuery(trpc.usagePlan.get.queryOptions({ planId }));
  const name = query.data?.name ?? "…";
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Usage plans", href: "/usage-plans" }, { label: name }]}
        states={query.data ? <CopyableId id={planId} label="plan id" /> : null}
        actions={
          <>
            {can("plan:write") && query.data ? <DeletePlan planId={planId} name={name} /> : null}
            {can("key:write") ? (
              <Button variant="primary" asChild>
                <Link href={`/api-keys?issue=${planId}`}>Issue a key</Link>
              </Button>
            ) : null}
          </>
        }
      />
      <PageBody>
        <Gate permission="plan:read">
          <Loaded query={query}>
            {(plan) => (
              <div className="grid items-start gap-4 lg:grid-cols-[1fr_360px]">
                <div className="flex min-w-0 flex-col gap-4">
                  <PlanKeys plan={plan} />
                </div>
                <div className="flex min-w-0 flex-col gap-4">
                  <PlanSettings plan={plan} />
                  <PlanStages plan={plan} />
                </div>
              </div>
            )}
          </Loaded>
        </Gate>
      </PageBody>
    </>
  );
}
