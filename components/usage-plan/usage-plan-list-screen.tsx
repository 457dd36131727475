"use client";
import { useQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { Gate } from "../shell/gate";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useShortcut } from "../shell/shortcuts";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/state/empty-state";
import { NewPlanDialog } from "./new-plan-dialog";
import { PlanCard } from "./plan-card";

/** The plans as tiers side by side, from the smallest to the largest. */
export function UsagePlanListScreen() {
  const trpc = useTRPC();
  const canWrite = useCan()("plan:write");
  const search = useSearchState();
  const query = useQuery(trpc.usagePlan.list.queryOptions());
  const openNew = () => search.set({ new: "" });
  useShortcut({ keys: "n", label: "New usage plan", run: openNew }, canWrite);
  const button = canWrite ? (
    <Button variant="primary" onClick={openNew}>
      New plan
    </Button>
  ) : null;
  return (
    <>
      <PageHeader crumbs={[{ label: "Usage plans" }]} actions={query.data?.length ? button : null} />
      <PageBody>
        <Gate permission="plan:read">
          <Loaded query={query}>
            {(plans) =>
              plans.length === 0 ? (
                <EmptyState icon={<Layers />} title="No usage plans yet" actions={button}>
                  A plan says how fast and how much each of its keys may call, and on which stages. Make one
                  per tier, such as Free and Pro, then issue keys into them.
                </EmptyState>
              ) : (
                <div className="grid grid-cols-[repeat(auto-fill,minmax(272px,1fr))] gap-4">
                  {[...plans]
                    .sort(
                      (a, b) =>
                        (a.throttle?.rateLimit ?? Number.POSITIVE_INFINITY) -
                          (b.throttle?.rateLimit ?? Number.POSITIVE_INFINITY) || a.name.localeCompare(b.name),
                    )
                    .map((plan) => (
                      <PlanCard key={plan.id} plan={plan} />
                    ))}
                </div>
              )
            }
          </Loaded>
        </Gate>
      </PageBody>
      {search.has("new") ? <NewPlanDialog onClose={() => search.set({ new: null })} /> : null}
    </>
  );
}
