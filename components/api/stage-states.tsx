import Link from "next/link";
import { StateLabel } from "../ui/state-dot";

type Stage = { name: string; deploymentNumber: number; inSync: boolean; canaryPercent: number | null };

/** Where an API is live, and whether its draft is ahead. */
export function StageStates({ apiId, stages }: { apiId: string; stages: readonly Stage[] }) {
  if (stages.length === 0) return <StateLabel state="draft">Never deployed</StateLabel>;
  const isAhead = !stages.some((stage) => stage.inSync);
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      {isAhead ? <StateLabel state="draft">Undeployed changes</StateLabel> : null}
      {stages.map((stage) => (
        <Link
          key={stage.name}
          href={`/apis/${apiId}/stages/${encodeURIComponent(stage.name)}`}
          className="rounded-xs hover:underline"
        >
          <StateLabel state={stage.canaryPercent === null ? "live" : "canary"}>
            {stage.name} #{stage.deploymentNumber}
            {stage.canaryPercent === null ? null : `, canary ${stage.canaryPercent} %`}
          </StateLabel>
        </Link>
      ))}
    </span>
  );
}
