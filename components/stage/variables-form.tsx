"use client";
import { Plus, Trash2 } from "lucide-react";
import { useCan } from "../shell/session";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Section } from "../ui/section";
import { EmptyState } from "../ui/state/empty-state";
import { SaveBar } from "./save-bar";
import { type Stage, useStageChanges } from "./use-stage-changes";

type Row = { key: number; name: string; value: string };

const NAME = /^\w+$/;
const VALUE = /^[A-Za-z0-9\-._~:/?#&=,]*$/;

function rowProblem(row: Row, rows: readonly Row[]): { name?: string; value?: string } {
  if (!row.name) return { name: "Needs a name" };
  if (!NAME.test(row.name)) return { name: "Letters, digits and _ only" };
  if (rows.some((other) => other !== row && other.name === row.name)) return { name: "Used twice" };
  if (!VALUE.test(row.value)) return { value: "Only A-Z a-z 0-9 - . _ ~ : / ? # & = ," };
  return {};
}

/** `NAME=value` lines, as in an .env file. */
function parseLines(text: string): { name: string; value: string }[] | null {
  const lines = text.split("\n").filter((line) => line.trim() && !line.trim().startsWith("#"));
  const pairs = lines.map((line) => /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line));
  if (lines.length < 2 || pairs.some((pair) => !pair)) return null;
  return pairs.map((pair) => ({ name: pair?.[1] ?? "", value: pair?.[2] ?? "" }));
}

let nextKey = 1;
const rowOf = (name: string, value: string): Row => ({ key: nextKey++, name, value });

function VariableRow({
  row,
  number,
  problem,
  isDirty,
  readOnly,
  onChange,
  onPaste,
  onRemove,
}: {
  row: Row;
  number: number;
  problem: { name?: string; value?: string };
  isDirty: boolean;
  readOnly: boolean;
  onChange: (change: Partial<Row>) => void;
  /** True when the text was several variables, which are taken over. */
  onPaste: (text: string) => boolean;
  onRemove: () => void;
}) {
  return (
    <tr className="align-top">
      <td className="pr-2">
        <Input
          mono
          aria-label={`Name of variable ${number}`}
          aria-invalid={isDirty && problem.name ? true : undefined}
          value={row.name}
          readOnly={readOnly}
          onPaste={(event) => {
            if (onPaste(event.clipboardData.getData("text"))) event.preventDefault();
          }}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        {isDirty && problem.name ? <p className="text-bad text-sm">{problem.name}</p> : null}
      </td>
      <td className="pr-2">
        <Input
          mono
          aria-label={`Value of ${row.name || `variable ${number}`}`}
          aria-invalid={problem.value ? true : undefined}
          value={row.value}
          readOnly={readOnly}
          onChange={(event) => onChange({ value: event.target.value })}
        />
        {problem.value ? <p className="text-bad text-sm">{problem.value}</p> : null}
      </td>
      <td>
        <IconButton label={`Remove ${row.name || "variable"}`} disabled={readOnly} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </td>
    </tr>
  );
}

/** A stage's variables: names and values that templates and URIs read as `stageVariables.NAME`. */
export function VariablesForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const canWrite = useCan()("stage:write");
  const saved = Object.entries(stage.config.variables).map(([name, value], index) => ({
    key: -index,
    name,
    value,
  }));
  const form = useStageChanges<Row[]>({ apiId, stageName: stage.name }, saved, (rows) => ({
    variables: Object.fromEntries(rows.map((row) => [row.name, row.value])),
  }));
  const rows = form.value;
  const problems = rows.map((row) => rowProblem(row, rows));
  const blocked = problems.some((problem) => problem.name || problem.value)
    ? "Fix the marked variables"
    : undefined;
  const add = () => form.set([...rows, rowOf("", "")]);
  const paste = (row: Row, text: string): boolean => {
    const pairs = parseLines(text);
    if (!pairs) return false;
    const kept = rows.filter((other) => other !== row || other.name);
    form.set([...kept, ...pairs.map((pair) => rowOf(pair.name, pair.value))]);
    return true;
  };
  return (
    <Section
      title="Stage variables"
      aside={
        <span>
          read as <code className="mono">$&#123;stageVariables.name&#125;</code>
        </span>
      }
    >
      {rows.length === 0 ? (
        <EmptyState
          title="No variables"
          actions={canWrite ? <Button onClick={add}>Add a variable</Button> : null}
          className="py-8"
        >
          They let one deployment reach another back end on each stage: use{" "}
          <code className="mono">$&#123;stageVariables.backend&#125;</code> in an integration&apos;s URL.
        </EmptyState>
      ) : (
        <div className="p-3.5">
          <table
            aria-label="Stage variables"
            className="w-full table-fixed border-separate border-spacing-x-0 border-spacing-y-1 text-left"
          >
            <thead className="text-muted text-sm">
              <tr>
                <th scope="col" className="w-1/3 pr-2 font-normal">
                  Name
                </th>
                <th scope="col" className="pr-2 font-normal">
                  Value
                </th>
                <th scope="col" className="w-7">
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <VariableRow
                  key={row.key}
                  row={row}
                  number={index + 1}
                  problem={problems[index] ?? {}}
                  isDirty={form.isDirty}
                  readOnly={!canWrite}
                  onChange={(change) =>
                    form.set(rows.map((other) => (other.key === row.key ? { ...other, ...change } : other)))
                  }
                  onPaste={(text) => paste(row, text)}
                  onRemove={() => form.set(rows.filter((other) => other.key !== row.key))}
                />
              ))}
            </tbody>
          </table>
          {canWrite ? (
            <Button variant="ghost" className="mt-1 -ml-2" onClick={add}>
              <Plus /> Add a variable
            </Button>
          ) : null}
        </div>
      )}
      {canWrite ? <SaveBar form={form} blocked={blocked} /> : null}
    </Section>
  );
}
