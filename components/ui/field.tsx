"use client";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cx } from "./class-names";

type FieldControl = {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
};
const FieldContext = createContext<FieldControl | null>(null);

/** The ids that tie a control to the label, help and error of the Field around it. */
export function useFieldControl(): Partial<FieldControl> {
  return useContext(FieldContext) ?? {};
}

export type FieldProps = {
  label: ReactNode;
  children: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  /** `row` puts the label on the left (inspectors; `--label-width` makes it wider), `stack` above (dialogs). */
  layout?: "stack" | "row";
  /** Shown at the right end of the label's line. */
  aside?: ReactNode;
  className?: string;
};

/** Label, control, help and error, tied together for screen readers and tests. */
export function Field({
  label,
  children,
  help,
  error,
  required,
  layout = "stack",
  aside,
  className,
}: FieldProps) {
  const id = useId();
  const described = [error ? `${id}-error` : "", help ? `${id}-help` : ""].filter(Boolean).join(" ");
  const control: FieldControl = {
    id,
    ...(described ? { "aria-describedby": described } : {}),
    ...(error ? { "aria-invalid": true as const } : {}),
    ...(required ? { "aria-required": true as const } : {}),
  };
  return (
    <div
      className={cx(
        layout === "row"
          ? "grid grid-cols-[var(--label-width,116px)_minmax(0,1fr)] items-start gap-x-3 gap-y-1"
          : "flex flex-col gap-1",
        className,
      )}
    >
      <div className={cx("flex items-baseline justify-between gap-2", layout === "row" && "pt-1")}>
        <label htmlFor={id} className={layout === "row" ? "text-muted" : "font-medium"}>
          {label}
        </label>
        {aside ? <span className="text-faint text-sm">{aside}</span> : null}
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <FieldContext value={control}>{children}</FieldContext>
        {error ? (
          <p id={`${id}-error`} role="alert" className="text-bad text-sm">
            {error}
          </p>
        ) : null}
        {help ? (
          <p id={`${id}-help`} className="text-faint text-sm">
            {help}
          </p>
        ) : null}
      </div>
    </div>
  );
}
