"use client";
import { Checkbox } from "../ui/checkbox";
import { Segmented } from "../ui/segmented";
import type { BasePathMode } from "./use-import-preview";

export type ImportOptions = { basePath: BasePathMode; failOnWarnings: boolean };

const HELP: Record<BasePathMode, string> = {
  ignore: "A base path /v1/shop is left out: /pets stays /pets.",
  prepend: "A base path /v1/shop goes in front: /pets becomes /v1/shop/pets.",
  split:
    "The first part is left to the address, the rest goes in front: of /v1/shop, /pets becomes /shop/pets.",
};

/** What AWS's import takes as `basepath` and `failonwarnings`. */
export function ImportOptionsPicker({
  options,
  onChange,
  warnings,
}: {
  options: ImportOptions;
  onChange: (options: ImportOptions) => void;
  /** Of how many places AWS would warn; null while that is not known. */
  warnings: number | null;
}) {
  const { basePath, failOnWarnings } = options;
  return (
    <div className="flex flex-col gap-1.5 border-line border-b px-3.5 py-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex items-center gap-2">
          <span className="text-muted">Base path</span>
          <Segmented
            label="Base path"
            value={basePath}
            onValueChange={(next) => onChange({ ...options, basePath: next })}
            options={[
              { value: "ignore", label: "Ignore" },
              { value: "prepend", label: "Prepend" },
              { value: "split", label: "Split" },
            ]}
          />
        </div>
        <Checkbox
          label="Fail on warnings"
          checked={failOnWarnings}
          onCheckedChange={(next) => onChange({ ...options, failOnWarnings: next })}
        />
      </div>
      <p className="text-faint text-sm">{HELP[basePath]}</p>
      {failOnWarnings && warnings ? (
        <p role="alert" className="text-bad text-sm">
          AWS would warn of {warnings === 1 ? "one place" : `${warnings} places`}, so nothing is imported: see
          the report.
        </p>
      ) : null}
    </div>
  );
}
