"use client";
import { Field } from "../ui/field";
import { Segmented } from "../ui/segmented";
import { Switch } from "../ui/switch";
import { BOUND_WORDS } from "./limit-words";
import type { PlanLimits } from "./plan-limits-fields";

type Kept = Pick<PlanLimits, "mode" | "quotaShadow">;

function ShadowSwitch({
  isShadow,
  onChange,
  of,
  readOnly,
}: {
  isShadow: boolean;
  onChange: (isShadow: boolean) => void;
  of: string;
  readOnly?: boolean;
}) {
  return (
    <Switch
      checked={isShadow}
      onCheckedChange={onChange}
      disabled={readOnly}
      aria-label={`Shadow mode of the ${of}`}
      label={
        isShadow ? (
          <span className="text-warn">Shadow: refuses nothing, counts what it would refuse</span>
        ) : (
          <span className="text-muted">Shadow mode</span>
        )
      }
    />
  );
}

/** How exactly a rate is kept, and whether it is kept at all. */
export function ThrottleKept(props: {
  isShadow: boolean;
  onChange: (isShadow: boolean) => void;
  readOnly?: boolean;
}) {
  return (
    <div className="flex flex-col">
      <p className="text-faint text-sm">{BOUND_WORDS.throttle}.</p>
      <ShadowSwitch {...props} of="rate" />
    </div>
  );
}

/** The same of a quota, with the choice between exact and quick. */
export function QuotaKept({
  limits,
  onChange,
  readOnly,
}: {
  limits: Kept;
  onChange: (change: Partial<Kept>) => void;
  readOnly?: boolean;
}) {
  return (
    <div className="flex flex-col gap-1">
      <Field label="Kept" help={`${BOUND_WORDS[limits.mode]}.`}>
        {readOnly ? (
          <p>{MODE_WORDS[limits.mode]}</p>
        ) : (
          <Segmented
            label="How exactly the quota is kept"
            value={limits.mode}
            onValueChange={(mode) => onChange({ mode })}
            options={[
              { value: "strict", label: MODE_WORDS.strict },
              { value: "fast", label: MODE_WORDS.fast },
            ]}
          />
        )}
      </Field>
      <ShadowSwitch
        isShadow={limits.quotaShadow}
        onChange={(quotaShadow) => onChange({ quotaShadow })}
        of="quota"
        readOnly={readOnly}
      />
    </div>
  );
}

const MODE_WORDS = { strict: "Strict", fast: "Fast" } as const;
