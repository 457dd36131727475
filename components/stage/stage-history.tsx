"use client";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { RollbackDialog, type RollbackTarget } from "../deployment/rollback-dialog";
import { useCan } from "../shell/session";
import { Button } from "../ui/button";
import { RelativeTime } from "../ui/relative-time";
import { Section } from "../ui/section";
import { StateDot } from "../ui/state-dot";
import { historyWords } from "./history/history-words";
import type { Stage } from "./use-stage-changes";

/** What happened to the stage; each earlier deployment can be served again. */
export function StageHistory({ apiId, stage }: { apiId: string; stage: Stage }) {
  const can = useCan();
  const [rollback, setRollback] = useState<RollbackTarget | null>(null);
  const newest = stage.events.find((event) => event.deploymentId === stage.deployment.id)?.id;
  return (
    <Section
      title="History"
      aside={`${stage.events.length} ${stage.events.length === 1 ? "event" : "events"}`}
    >
      <ol className="max-h-[520px] overflow-y-auto">
        {stage.events.map((event) => {
          const isServed = event.id === newest;
          const { deploymentId, deploymentNumber } = event;
          return (
            <li
              key={event.id}
              className="flex min-h-9 items-center gap-3 border-line border-b px-3.5 py-1 last:border-0"
            >
              <StateDot
                state={isServed ? "live" : "off"}
                className={deploymentId ? undefined : "invisible"}
              />
              <span className={deploymentId ? "font-medium" : undefined}>{historyWords(event)}</span>
              <span className="truncate text-muted text-sm">
                {event.actorName}, <RelativeTime at={event.createdAt} />
              </span>
              {can("api:deploy") &&
              deploymentId &&
              deploymentNumber &&
              deploymentId !== stage.deployment.id ? (
                <Button
                  size="sm"
                  variant="ghost"
                  className="ml-auto"
                  onClick={() =>
                    setRollback({
                      apiId,
                      stageName: stage.name,
                      from: stage.deployment,
                      to: { id: deploymentId, number: deploymentNumber },
                    })
                  }
                >
                  <RotateCcw /> {deploymentNumber < stage.deployment.number ? "Roll back" : "Serve again"}
                </Button>
              ) : isServed ? (
                <span className="ml-auto text-muted text-sm">served now</span>
              ) : null}
            </li>
          );
        })}
      </ol>
      {rollback ? <RollbackDialog target={rollback} onClose={() => setRollback(null)} /> : null}
    </Section>
  );
}
