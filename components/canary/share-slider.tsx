"use client";
import { NumberInput } from "../ui/number-input";

/** How much traffic goes to a canary: by slider (arrows, Page Up and Down, Home, End) or as a number. */
export function ShareSlider({
  value,
  onValueChange,
  disabled,
}: {
  value: number;
  onValueChange: (value: number) => void;
  disabled?: boolean;
}) {
  const set = (next: number) => onValueChange(Math.min(100, Math.max(0, next)));
  return (
    <div className="flex items-center gap-3">
      <input
        type="range"
        aria-label="Share of traffic"
        aria-valuetext={`${value} %`}
        min={0}
        max={100}
        step={1}
        value={value}
        disabled={disabled}
        onChange={(event) => set(Number(event.target.value))}
        className="h-6 min-w-0 flex-1 accent-[var(--accent)] disabled:opacity-50"
      />
      <NumberInput
        aria-label="Share of traffic in percent"
        unit="%"
        value={value}
        onValueChange={(next) => set(next ?? 0)}
        disabled={disabled}
        className="w-20 shrink-0"
      />
    </div>
  );
}

/** The stage's traffic as one bar: what its own deployment serves, and the canary. */
export function ShareBar({
  production,
  canary,
  share,
}: {
  production: number;
  canary: number;
  share: number;
}) {
  const rest = Math.round((100 - share) * 10) / 10;
  return (
    <div>
      <div aria-hidden="true" className="flex h-2 overflow-hidden rounded-full bg-sunken">
        <span className="bg-ok" style={{ width: `${rest}%` }} />
        {share > 0 && rest > 0 ? <span className="w-0.5 bg-surface" /> : null}
        <span className="bg-accent" style={{ width: `${share}%` }} />
      </div>
      <p className="num mt-1.5 flex flex-wrap justify-between gap-x-4 text-sm">
        <span>
          <span className="font-medium">Production #{production}</span>{" "}
          <span className="text-muted">{rest} %</span>
        </span>
        <span>
          <span className="font-medium">Canary #{canary}</span> <span className="text-muted">{share} %</span>
        </span>
      </p>
    </div>
  );
}
