"use client";
import { Ban, Ellipsis, RotateCcw } from "lucide-react";
import { useCan } from "../shell/session";
import type { Answers } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { cx } from "../ui/class-names";
import { CopyableId } from "../ui/copy-button";
import { IconButton } from "../ui/icon-button";
import { DropdownMenu, MenuItem } from "../ui/overlay/dropdown-menu";
import { RelativeTime } from "../ui/relative-time";
import { Table, Td, Th, Tr } from "../ui/table";
import { formatNumber, PERIOD_WORDS } from "../usage-plan/limit-words";
import { UsedBar } from "../usage-plan/quota-bar";
import { useKeyRevocation } from "./key-revocation";

export type ApiKey = Answers["apiKey"]["list"]["items"][number];

/** The part of a value that is kept, masked as it was issued. */
export function MaskedValue({ hint, className }: { hint: string; className?: string }) {
  return (
    <span
      className={cx("mono whitespace-nowrap text-muted", className)}
      title="Only the last four characters are kept"
    >
      ••••{hint}
    </span>
  );
}

export function KeyState({ enabled }: { enabled: boolean }) {
  return enabled ? <Badge tone="ok">active</Badge> : <Badge tone="bad">revoked</Badge>;
}

function Quota({ quota }: { quota: ApiKey["quota"] }) {
  if (!quota) return <span className="text-faint">no quota</span>;
  return (
    <div className="min-w-28">
      <UsedBar used={quota.used} limit={quota.limit} label="Quota" />
      <span className={cx("num text-sm", quota.used >= quota.limit ? "font-medium text-bad" : "text-muted")}>
        {formatNumber(quota.used)} / {formatNumber(quota.limit)} per {PERIOD_WORDS[quota.period]}
      </span>
    </div>
  );
}

/** Keys with what they use, live. */
export function KeyTable({
  keys,
  shown,
  onOpen,
}: {
  keys: readonly ApiKey[];
  shown: string | null;
  onOpen: (keyId: string) => void;
}) {
  const can = useCan();
  const revocation = useKeyRevocation();
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <Table label="API keys">
        <thead>
          <tr>
            <Th>Key</Th>
            <Th className="max-sm:hidden">Value</Th>
            <Th>State</Th>
            <Th className="max-md:hidden">Plans</Th>
            <Th numeric className="max-sm:hidden">
              Today
            </Th>
            <Th className="max-sm:hidden">Quota</Th>
            <Th className="max-lg:hidden">Issued</Th>
            <Th className="max-xl:hidden">Id</Th>
            <Th className="w-10">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-0">
          {keys.map((key) => (
            <Tr key={key.id} onOpen={() => onOpen(key.id)} selected={shown === key.id}>
              <Td className="max-w-[240px]">
                <button
                  type="button"
                  onClick={() => onOpen(key.id)}
                  className={cx(
                    "block max-w-full truncate rounded-xs text-left font-medium hover:underline",
                    key.enabled || "text-muted line-through decoration-faint",
                  )}
                >
                  {key.name}
                </button>
                {key.customerId ? (
                  <span className="block truncate text-faint text-sm">{key.customerId}</span>
                ) : null}
                {key.quota ? (
                  <span className="num block text-muted text-sm sm:hidden">
                    {formatNumber(key.quota.used)} of {formatNumber(key.quota.limit)} used
                  </span>
                ) : null}
              </Td>
              <Td className="max-sm:hidden">
                <MaskedValue hint={key.valueHint} />
              </Td>
              <Td>
                <KeyState enabled={key.enabled} />
              </Td>
              <Td className="max-w-[200px] truncate max-md:hidden">
                {key.plans.map((plan) => plan.name).join(", ") || <span className="text-warn">none</span>}
              </Td>
              <Td numeric className="max-sm:hidden">
                {formatNumber(key.usedToday)}
              </Td>
              <Td className="max-sm:hidden">
                <Quota quota={key.quota} />
              </Td>
              <Td className="whitespace-nowrap text-muted max-lg:hidden">
                <RelativeTime at={key.createdAt} />
              </Td>
              <Td className="max-xl:hidden">
                <CopyableId id={key.id} label="key id" />
              </Td>
              <Td className="pl-0">
                {can("key:revoke") ? (
                  <DropdownMenu
                    trigger={
                      <IconButton label={`Actions for ${key.name}`} size="sm">
                        <Ellipsis />
                      </IconButton>
                    }
                  >
                    {key.enabled ? (
                      <MenuItem danger onSelect={() => revocation.revoke(key)}>
                        <Ban /> Revoke
                      </MenuItem>
                    ) : (
                      <MenuItem onSelect={() => revocation.restore(key)}>
                        <RotateCcw /> Restore
                      </MenuItem>
                    )}
                  </DropdownMenu>
                ) : null}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
