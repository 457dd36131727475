"use client";
import type { ExportExtension } from "@/server/domain/openapi/export/extension-choice";
import { Checkbox } from "../ui/checkbox";
import { Segmented } from "../ui/segmented";

/** All, none, or a list in AWS's words. */
export type Extensions = boolean | ExportExtension[];

const LISTED: { name: ExportExtension; label: string }[] = [
  { name: "integrations", label: "Integrations" },
  { name: "authorizers", label: "Authorizers" },
  { name: "documentation", label: "Documentation" },
];

const HELP = {
  all: "Integrations, templates, authorizers, documentation: imported here or in AWS it is the same API.",
  listed: "The document that AWS's own export writes, with documentation by inheritance.",
  none: "Plain OpenAPI, for client generators and documentation.",
};

/** Which of the x-amazon-apigateway-* extensions an export has. */
export function ExtensionsField({
  value,
  onChange,
}: {
  value: Extensions;
  onChange: (value: Extensions) => void;
}) {
  const kind = value === true ? "all" : value === false ? "none" : "listed";
  const listed = typeof value === "boolean" ? [] : value;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex items-center gap-2">
          <span className="font-medium">Extensions</span>
          <Segmented
            label="Extensions"
            value={kind}
            onValueChange={(next) =>
              onChange(next === "listed" ? ["integrations", "authorizers"] : next === "all")
            }
            options={[
              { value: "all", label: "All" },
              { value: "listed", label: "As AWS writes them" },
              { value: "none", label: "None" },
            ]}
          />
        </div>
        {kind === "listed"
          ? LISTED.map(({ name, label }) => (
              <Checkbox
                key={name}
                label={label}
                checked={listed.includes(name)}
                onCheckedChange={(next) =>
                  onChange(next ? [...listed, name] : listed.filter((one) => one !== name))
                }
              />
            ))
          : null}
      </div>
      <p className="text-faint text-sm">{HELP[kind]}</p>
    </div>
  );
}
