"use client";
import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../shell/loaded";
import { useCan } from "../shell/session";
import { useIsShown } from "../stage/panel/stage-panel";
import type { Stage } from "../stage/use-stage-changes";
import { type Answers, useTRPC } from "../trpc/trpc";
import { cx } from "../ui/class-names";
import { Section } from "../ui/section";
import { Skeleton } from "../ui/state/skeleton";
import { count, milliseconds, percent } from "./canary-words";
import { RolloutChart } from "./rollout-chart";

type Figures = Answers["canary"]["compare"]["canary"];

const MINUTES = 5;

type Measure = {
  label: string;
  show: (figures: Figures) => string;
  /** Higher is worse; null where it says nothing. */
  cost: (figures: Figures) => number | null;
};
const MEASURES: readonly Measure[] = [
  { label: "Requests", show: (f) => count(f.count), cost: () => null },
  {
    label: "5xx",
    show: (f) => (f.count === 0 ? "–" : `${count(f.errors5xx)} · ${percent(f.errorPercent)}`),
    cost: (f) => f.errorPercent,
  },
  { label: "p50", show: (f) => milliseconds(f.p50Ms), cost: (f) => f.p50Ms },
  { label: "p95", show: (f) => milliseconds(f.p95Ms), cost: (f) => f.p95Ms },
];

function difference(measure: Measure, production: Figures, canary: Figures): { text: string; tone: string } {
  const [before, after] = [measure.cost(production), measure.cost(canary)];
  if (before === null || after === null || production.count === 0 || canary.count === 0)
    return { text: "–", tone: "text-faint" };
  const change = after - before;
  if (Math.abs(change) < 0.05) return { text: "equal", tone: "text-muted" };
  const unit = measure.label === "5xx" ? "points" : "ms";
  const text = `${change > 0 ? "+" : "−"}${count(Math.abs(change))} ${unit}`;
  // A few milliseconds are noise: only what somebody would act on gets a colour.
  const isNoise = measure.label !== "5xx" && Math.abs(change) < Math.max(5, before * 0.2);
  return { text, tone: isNoise ? "text-muted" : change > 0 ? "text-bad" : "text-ok" };
}

/** Both variants' figures side by side; also used for what a report kept. */
export function VariantTable({
  production,
  canary,
  numbers,
}: {
  production: Figures;
  canary: Figures;
  numbers: { production: number; canary: number };
}) {
  const cell = "h-8 px-3.5 text-right num";
  return (
    <table aria-label="Canary and production compared" className="w-full text-left">
      <thead className="text-muted text-sm">
        <tr className="border-line border-b">
          <th scope="col" className="h-8 px-3.5 font-medium">
            <span className="sr-only">Measure</span>
          </th>
          <th scope="col" className={cx(cell, "font-medium")}>
            Production #{numbers.production}
          </th>
          <th scope="col" className={cx(cell, "font-medium")}>
            Canary #{numbers.canary}
          </th>
          <th scope="col" className={cx(cell, "font-medium max-sm:hidden")}>
            Difference
          </th>
        </tr>
      </thead>
      <tbody>
        {MEASURES.map((measure) => {
          const { text, tone } = difference(measure, production, canary);
          return (
            <tr key={measure.label} className="border-line border-b last:border-0">
              <th scope="row" className="h-8 px-3.5 font-normal text-muted">
                {measure.label}
              </th>
              <td className={cell}>{measure.show(production)}</td>
              <td className={cx(cell, "font-medium")}>{measure.show(canary)}</td>
              <td className={cx(cell, tone, "max-sm:hidden")}>{text}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What both variants did in the last minutes, a few seconds old. */
export function VariantComparison({
  apiId,
  stage,
  running,
}: {
  apiId: string;
  stage: Stage;
  /** Steps that run show their own chart. */
  running: boolean;
}) {
  const trpc = useTRPC();
  const can = useCan();
  const canSee = can("metrics:read");
  const canChange = can("stage:write");
  const isShown = useIsShown();
  const query = useQuery({
    ...trpc.canary.compare.queryOptions({ apiId, stageName: stage.name, minutes: MINUTES }),
    refetchInterval: isShown ? 2_000 : false,
    enabled: canSee,
  });
  if (!canSee) return null;
  const numbers = { production: stage.deployment.number, canary: stage.canaryDeployment?.number ?? 0 };
  return (
    <Section title="Compared" aside={`last ${MINUTES} minutes, live`}>
      <Loaded query={query} skeleton={<Skeleton className="m-3.5 h-[128px]" />}>
        {(compared) => (
          <>
            <VariantTable {...compared} numbers={numbers} />
            {compared.canary.count === 0 ? (
              <p className="border-line border-t px-3.5 py-2 text-muted text-sm">
                {stage.config.canary?.percentTraffic === 0
                  ? `Nothing goes to the canary at 0 %.${canChange ? " Raise its share, or set up steps." : ""}`
                  : `No request has come to the canary in the last ${MINUTES} minutes. Figures appear seconds after the next.`}
              </p>
            ) : null}
            {running ? null : (
              <div className="border-line border-t empty:hidden">
                <RolloutChart stage={{ apiId, stageName: stage.name }} rollout={null} minutes={60} />
              </div>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
