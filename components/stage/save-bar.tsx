"use client";
import { NodeConfirmation } from "../deployment/node-confirmation";
import { Button } from "../ui/button";
import { useSavableForm } from "./panel/stage-panel";

type Form = {
  isDirty: boolean;
  isPending: boolean;
  problem: string | null;
  configChangeId: string | null;
  save: () => void;
  discard: () => void;
};

/** Under a form: save or discard, why not, and proof that the gateways have it. */
export function SaveBar({ form, blocked }: { form: Form; blocked?: string | undefined }) {
  const canSave = form.isDirty && !blocked && !form.isPending;
  useSavableForm({ isDirty: form.isDirty, canSave, save: form.save });
  return (
    <div className="flex min-h-12 items-center gap-3 border-line border-t px-3.5 py-2">
      <div className="min-w-0 flex-1 text-sm">
        {form.problem ? (
          <p role="alert" className="text-bad">
            {form.problem}
          </p>
        ) : form.isDirty ? (
          <p className={blocked ? "text-bad" : "text-muted"}>{blocked ?? "Not saved yet"}</p>
        ) : form.configChangeId ? (
          <NodeConfirmation configChangeId={form.configChangeId} verb="Saved, live" />
        ) : null}
      </div>
      {form.isDirty ? (
        <Button variant="ghost" onClick={form.discard}>
          Discard
        </Button>
      ) : null}
      <Button
        variant={form.isDirty ? "primary" : "default"}
        pending={form.isPending}
        disabled={!canSave}
        title={canSave ? undefined : (blocked ?? "Nothing has changed")}
        onClick={form.save}
      >
        {form.isPending ? "Saving…" : "Save"}
      </Button>
    </div>
  );
}
