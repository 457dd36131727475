"use client";
import Link from "next/link";
import type { Answers } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { CopyButton } from "../ui/copy-button";
import { Dialog } from "../ui/overlay/dialog";
import { curlOf } from "./curl";
import { NodeConfirmation } from "./node-confirmation";

/** After a deployment: proof that it is live, its URL, and a first call to make. */
export function DeployResult({
  api,
  result,
  onClose,
}: {
  api: Answers["api"]["get"];
  result: Answers["deployment"]["create"];
  onClose: () => void;
}) {
  const curl = curlOf(api.definition, result.invokeUrl);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Deployment #${result.number} on ${result.stageName}`}
      footer={
        <>
          <Button asChild>
            <Link href={`/apis/${api.id}/stages/${encodeURIComponent(result.stageName)}`}>
              Open the stage
            </Link>
          </Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <NodeConfirmation configChangeId={result.configChangeId} />
        <div>
          <h3 className="mb-1 font-medium">Invoke URL</h3>
          <div className="flex h-8 items-center gap-1 rounded-md border border-line bg-sunken pr-1 pl-3">
            <a
              href={result.invokeUrl}
              target="_blank"
              rel="noreferrer"
              className="mono min-w-0 flex-1 truncate hover:underline"
            >
              {result.invokeUrl}
            </a>
            <CopyButton text={result.invokeUrl} label="Copy invoke URL" />
          </div>
        </div>
        <div>
          <h3 className="mb-1 font-medium">Call it</h3>
          {curl ? (
            <CodeBlock code={curl} label="curl command" wrap />
          ) : (
            <p className="text-muted">This API has no method yet, so every call is answered with 403.</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}
