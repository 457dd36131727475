"use client";
import { useQueries } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { toast } from "sonner";
import { useApi } from "../api/use-api";
import { useDraft } from "../designer/store/draft-provider";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { DropdownMenu, MenuItem } from "../ui/overlay/dropdown-menu";
import { curlOfRequest } from "./test-request";
import type { TestRunState, TestTarget } from "./use-test-run";

/** The request as a curl command, to a stage that serves the API. Without a stage there is no address to call. */
export function CopyCurl({
  target,
  test,
  compact,
}: {
  target: TestTarget;
  test: TestRunState;
  compact?: boolean | undefined;
}) {
  const { apiId } = useDraft();
  const trpc = useTRPC();
  const { data: api } = useApi(apiId);
  const stages = useQueries({
    queries: (api?.stages ?? []).map((stage) => ({
      ...trpc.stage.get.queryOptions({ apiId, stageName: stage.name }),
      staleTime: 60_000,
    })),
  }).flatMap((query) => (query.data ? [query.data] : []));
  const curl = (invokeUrl: string) =>
    curlOfRequest(test.form, { path: target.path, invokeUrl, needsKey: target.method.apiKeyRequired });
  const [only] = stages;
  const words = compact ? (
    <span className="sr-only">Copy as curl</span>
  ) : (
    <span className="max-sm:sr-only">curl</span>
  );
  if (!only)
    return (
      <Button variant="ghost" disabled title="Deploy the API first: a draft has no address">
        <Copy /> {words}
      </Button>
    );
  if (stages.length === 1)
    return (
      <CopyButton
        variant="ghost"
        size="md"
        text={curl(only.invokeUrls.path)}
        title={`As curl, to ${only.name}`}
      >
        {words}
      </CopyButton>
    );
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost">
          <Copy /> {words}
        </Button>
      }
    >
      {stages.map((stage) => (
        <MenuItem
          key={stage.name}
          onSelect={() =>
            navigator.clipboard.writeText(curl(stage.invokeUrls.path)).then(
              () => toast.success("Copied as curl"),
              () => toast.error("The browser did not let it be copied"),
            )
          }
        >
          To {stage.name}
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
