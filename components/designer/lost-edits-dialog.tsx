"use client";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog } from "../ui/overlay/dialog";
import { useDraft } from "./store/draft-provider";

/** Our edits that do not fit what somebody else saved meanwhile: nothing is lost, and nothing is overwritten. */
export function LostEditsDialog() {
  const { lost, dismissLost } = useDraft();
  return (
    <Dialog
      open={lost.length > 0}
      onOpenChange={dismissLost}
      width="lg"
      title={
        lost.length === 1 ? "One change could not be saved" : `${lost.length} changes could not be saved`
      }
      description="The draft was changed elsewhere, and these no longer fit it. Everything else is saved. Copy what you need and make the change again."
      footer={
        <Button variant="primary" onClick={dismissLost}>
          I have what I need
        </Button>
      }
    >
      <ul className="flex flex-col gap-4">
        {lost.map((edit, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
          <li key={index} className="flex flex-col gap-1.5">
            <h3 className="font-medium first-letter:uppercase">{edit.label}</h3>
            <p className="text-bad text-sm">{edit.reason}</p>
            <CodeBlock label={`Change ${index + 1}`} code={JSON.stringify(edit.call.input, null, 2)} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
