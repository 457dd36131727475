"use client";
import { CalendarRange } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Popover } from "../../ui/overlay/popover";
import { LONGEST_MS } from "./metric-address";
import { rangeWords } from "./metric-words";

/** What an input of date and time reads and writes: local time without a zone. */
function localText(ms: number): string {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** From when to when, in the time zone of who asks. */
export function CustomRange({
  shown,
  isChosen,
  onChoose,
}: {
  shown: { fromMs: number; toMs: number };
  isChosen: boolean;
  onChoose: (fromMs: number, toMs: number) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Time range"
      open={isOpen}
      onOpenChange={setOpen}
      className="w-64"
      trigger={
        <Button variant={isChosen ? "default" : "ghost"} aria-pressed={isChosen}>
          <CalendarRange /> {isChosen ? <span className="num">{rangeWords(shown)}</span> : "Custom"}
        </Button>
      }
    >
      <RangeForm
        shown={shown}
        onChoose={(fromMs, toMs) => {
          setOpen(false);
          onChoose(fromMs, toMs);
        }}
      />
    </Popover>
  );
}

function rangeError(fromMs: number, toMs: number): string | null {
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return "Give both times";
  if (toMs <= fromMs) return "Must be later";
  return toMs - fromMs > LONGEST_MS ? "At most a year" : null;
}

function RangeForm({
  shown,
  onChoose,
}: {
  shown: { fromMs: number; toMs: number };
  onChoose: (fromMs: number, toMs: number) => void;
}) {
  const [from, setFrom] = useState(() => localText(shown.fromMs));
  const [to, setTo] = useState(() => localText(shown.toMs));
  const [fromMs, toMs] = [new Date(from).getTime(), new Date(to).getTime()];
  const error = rangeError(fromMs, toMs);
  const [isTold, setTold] = useState(false);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setTold(true);
        if (!error) onChoose(fromMs, toMs);
      }}
    >
      <Field label="From">
        <Input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
      </Field>
      <Field label="To" error={isTold ? error : null}>
        <Input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" className="self-end">
        Show
      </Button>
    </form>
  );
}
