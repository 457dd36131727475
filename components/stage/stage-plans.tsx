import Link from "next/link";
import { Button } from "../ui/button";
import { Section } from "../ui/section";
import { EmptyState } from "../ui/state/empty-state";
import type { Stage } from "./use-stage-changes";

/** The usage plans whose keys open this stage. */
export function StagePlans({ stage }: { stage: Stage }) {
  return (
    <Section title="Usage plans">
      {stage.plans.length === 0 ? (
        <EmptyState
          title="In no usage plan"
          className="py-8"
          actions={
            <Button asChild>
              <Link href="/usage-plans">Usage plans</Link>
            </Button>
          }
        >
          Methods that require an API key answer 403 here until a plan covers this stage.
        </EmptyState>
      ) : (
        <ul>
          {stage.plans.map((plan) => (
            <li key={plan.id} className="border-line border-b last:border-0">
              <Link
                href={`/usage-plans/${plan.id}`}
                className="flex h-9 items-center px-3.5 hover:bg-hover/60"
              >
                {plan.name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
