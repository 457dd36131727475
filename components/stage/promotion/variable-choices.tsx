"use client";
import type { VariableDifference } from "@/server/domain/stage/compare-variables";
import { Badge, type Tone } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Checkbox } from "../../ui/checkbox";
import { Table, Td, Th } from "../../ui/table";
import { toggled } from "./toggled";

const STATES: Record<VariableDifference["state"], { tone: Tone; words: (to: string) => string }> = {
  missing: { tone: "warn", words: (to) => `missing on ${to}` },
  different: { tone: "accent", words: () => "different" },
  "only-target": { tone: "neutral", words: (to) => `only on ${to}` },
  same: { tone: "neutral", words: () => "same" },
};

/** The variables of both stages side by side; ticked ones are taken over, the others stay as they are. */
export function VariableChoices({
  differences,
  names,
  chosen,
  choose,
}: {
  differences: readonly VariableDifference[];
  names: { from: string; to: string };
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}) {
  const shown = differences.filter(({ state }) => state !== "same");
  const missing = shown.filter(({ state }) => state === "missing").map(({ name }) => name);
  const same = differences.length - shown.length;
  return (
    <section aria-label="Variables" className="rounded-md border border-line">
      <h3 className="flex min-h-8 items-center gap-3 border-line border-b px-3 py-1 font-semibold text-sm">
        Variables
        <span className="ml-auto flex items-center gap-2 font-normal text-muted">
          {same > 0 ? `${same} ${same === 1 ? "is" : "are"} the same` : null}
          {missing.some((name) => !chosen.has(name)) ? (
            <Button size="sm" onClick={() => choose(new Set([...chosen, ...missing]))}>
              Copy {missing.length} missing
            </Button>
          ) : null}
        </span>
      </h3>
      {shown.length === 0 ? (
        <p className="px-3 py-3 text-muted">No differences.</p>
      ) : (
        <div className="max-h-64 overflow-auto">
          <Table label="Variables of both stages">
            <thead>
              <tr>
                <Th className="w-8">
                  <span className="sr-only">Copy</span>
                </Th>
                <Th>Name</Th>
                <Th>{names.from}</Th>
                <Th>{names.to}</Th>
                <Th className="max-sm:hidden">
                  <span className="sr-only">State</span>
                </Th>
              </tr>
            </thead>
            <tbody className="[&>tr:last-child>td]:border-0">
              {shown.map(({ name, source, target, state }) => (
                <tr key={name}>
                  <Td>
                    {source === null ? null : (
                      <Checkbox
                        checked={chosen.has(name)}
                        onCheckedChange={(on) => choose(toggled(chosen, name, on))}
                        label={`Copy ${name} to ${names.to}`}
                        hideLabel
                      />
                    )}
                  </Td>
                  <Td className="mono">{name}</Td>
                  <Value value={source} />
                  <Value value={chosen.has(name) ? source : target} isNew={chosen.has(name)} />
                  <Td className="whitespace-nowrap max-sm:hidden">
                    {chosen.has(name) ? (
                      <Badge tone="ok">copied</Badge>
                    ) : (
                      <Badge tone={STATES[state].tone}>{STATES[state].words(names.to)}</Badge>
                    )}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

function Value({ value, isNew }: { value: string | null; isNew?: boolean }) {
  return (
    <Td className="mono max-w-[180px] truncate">
      {value === null ? (
        <span className="text-faint">–</span>
      ) : (
        <span title={value} className={isNew ? "text-ok" : undefined}>
          {value}
        </span>
      )}
    </Td>
  );
}
