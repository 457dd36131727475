"use client";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { Input } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { stickyWords } from "./canary-words";

type Sticky = CanarySettings["sticky"];
type Kind = "chance" | "header" | "cookie" | "api-key";

const KINDS: readonly { value: Kind; label: string }[] = [
  { value: "chance", label: "Chance" },
  { value: "header", label: "Header" },
  { value: "cookie", label: "Cookie" },
  { value: "api-key", label: "API key" },
];
const NAMES = { header: "X-Customer-Id", cookie: "session" };

function ruleOf(kind: Kind): Sticky {
  if (kind === "chance") return null;
  return kind === "api-key" ? { by: kind } : { by: kind, name: NAMES[kind] };
}

/** Who is kept on one side: by chance each time, or by what a caller is recognised by. */
export function StickyField({ value, onChange }: { value: Sticky; onChange: (value: Sticky) => void }) {
  const named = value !== null && value.by !== "api-key" ? value : null;
  return (
    <div className="flex flex-col gap-2">
      <span className="font-medium">Who gets the canary</span>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Who gets the canary"
          value={(value?.by ?? "chance") as Kind}
          onValueChange={(kind) => onChange(ruleOf(kind))}
          options={KINDS}
        />
        {named ? (
          <Input
            mono
            aria-label={`Name of the ${named.by}`}
            value={named.name}
            onChange={(event) => onChange({ ...named, name: event.target.value })}
            className="max-w-[200px]"
          />
        ) : null}
      </div>
      <p className="text-faint text-sm">
        {stickyWords(value)}.{value ? " A request without it goes by chance." : ""}
      </p>
    </div>
  );
}
