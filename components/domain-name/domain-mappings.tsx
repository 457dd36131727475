"use client";
import { useMutation } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { IconButton } from "../ui/icon-button";
import { Notice } from "../ui/state/notice";
import { addressOf, type Domain, type DomainList, type Mapping, tryCommand } from "./domain-words";
import { MappingDialog } from "./mapping-dialog";
import { useDomainChange } from "./use-domain-change";

/** Which base path leads to which stage, and how to try it. */
export function DomainMappings({
  domain,
  gateway,
  canWrite,
}: {
  domain: Domain;
  gateway: DomainList["gateway"];
  canWrite: boolean;
}) {
  const { domainName, mappings } = domain;
  const trpc = useTRPC();
  const change = useDomainChange();
  const [edited, setEdited] = useState<Mapping | "new" | null>(null);
  const put = useMutation(trpc.domainName.putMapping.mutationOptions(change()));
  const remove = useMutation(trpc.domainName.removeMapping.mutationOptions(change()));
  const takeAway = (mapping: Mapping) =>
    remove.mutate(
      { domainName, basePath: mapping.basePath },
      {
        onSuccess: () =>
          toast(`/${mapping.basePath} is not mapped any more`, {
            action: {
              label: "Undo",
              onClick: () => put.mutate({ domainName, ...mapping, before: null }),
            },
          }),
      },
    );
  const problem = remove.error ?? put.error;
  const first = mappings.find(({ isStageThere }) => isStageThere);
  return (
    <div className="flex flex-col gap-2.5">
      {problem ? <Notice tone="bad">{failureOf(problem).message}</Notice> : null}
      {mappings.length === 0 ? (
        <p className="text-muted">Nothing is mapped yet: every request is refused with 403.</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
          {mappings.map((mapping) => (
            <li key={mapping.basePath} className="flex items-center gap-2 py-1 pr-1 pl-3">
              <span className="min-w-0 flex-1">
                <span className="mono block truncate">{addressOf(domain, mapping, gateway)}</span>
                <Target mapping={mapping} />
              </span>
              {canWrite ? (
                <>
                  <IconButton label={`Change /${mapping.basePath}`} onClick={() => setEdited(mapping)}>
                    <Pencil />
                  </IconButton>
                  <IconButton label={`Remove /${mapping.basePath}`} onClick={() => takeAway(mapping)}>
                    <Trash2 />
                  </IconButton>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {canWrite ? (
        <Button size="sm" className="self-start" onClick={() => setEdited("new")}>
          Map a base path
        </Button>
      ) : null}
      {first ? (
        <div>
          <p className="mb-1 text-muted text-sm">Try it before the name has a DNS record:</p>
          <CodeBlock label="command" wrap code={tryCommand(domain, first, gateway)} />
        </div>
      ) : null}
      {edited ? (
        <MappingDialog
          domainName={domainName}
          mapping={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </div>
  );
}

function Target({ mapping: { apiName, apiId, stageName, isStageThere } }: { mapping: Mapping }) {
  if (apiName === null) return <span className="text-bad text-sm">leads nowhere: API {apiId} is gone</span>;
  return (
    <span className={isStageThere ? "text-muted text-sm" : "text-bad text-sm"}>
      {apiName} › {stageName ?? "stage from the path"}
      {isStageThere ? "" : ", which is gone"}
    </span>
  );
}
