"use client";
import type { SettingDifference } from "@/server/domain/stage/compare-settings";
import { Checkbox } from "../../ui/checkbox";
import { toggled } from "./toggled";

/** Throttling, logging and cache where both stages differ; ticked ones are taken over. */
export function SettingChoices({
  differences,
  names,
  chosen,
  choose,
}: {
  differences: readonly SettingDifference[];
  names: { from: string; to: string };
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}) {
  return (
    <section aria-label="Settings" className="rounded-md border border-line">
      <h3 className="flex min-h-8 items-center border-line border-b px-3 py-1 font-semibold text-sm">
        Throttling, logging, cache
        <span className="ml-auto font-normal text-muted">
          {names.to} keeps its own, but for what you tick
        </span>
      </h3>
      {differences.length === 0 ? (
        <p className="px-3 py-3 text-muted">No differences.</p>
      ) : (
        <ul className="max-h-56 overflow-y-auto">
          {differences.map(({ id, label, source, target }) => (
            <li key={id} className="border-line border-b px-3 py-1.5 last:border-0">
              <Checkbox
                checked={chosen.has(id)}
                onCheckedChange={(on) => choose(toggled(chosen, id, on))}
                label={<span className={id.includes("/") ? "mono" : undefined}>{label}</span>}
                help={
                  <>
                    <span className="break-words">
                      {names.from}: {source}
                    </span>
                    <br />
                    <span className="break-words">
                      {names.to}: {chosen.has(id) ? <span className="text-ok">{source}</span> : target}
                    </span>
                  </>
                }
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
