"use client";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Boxes, KeyRound, LogOut, Moon, Plus, Rocket, Sun, Upload } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useDeferredValue, useState } from "react";
import { useTRPC } from "../trpc/trpc";
import { Keys } from "../ui/kbd";
import { API_SCREENS, apiIdOf, apiScreenHref, WORKSPACE_SCREENS } from "./navigation";
import { useCan } from "./session";
import { signOut } from "./user-menu";

const FUZZY_LIMIT = 200;

/** The palette matches loosely; of thousands of APIs it gets only those that contain the text. */
function reachable<T extends { id: string; name: string }>(apis: readonly T[], search: string): readonly T[] {
  if (apis.length <= FUZZY_LIMIT) return apis;
  const text = search.toLowerCase();
  return apis.filter((api) => `${api.name} ${api.id}`.toLowerCase().includes(text)).slice(0, FUZZY_LIMIT);
}

type Entry = {
  id: string;
  label: string;
  hint?: string;
  keys?: string;
  /** More words that find it. */
  words?: string;
  icon: ReactNode;
  run: () => void;
};

function Entries({ title, entries, onDone }: { title: string; entries: Entry[]; onDone: () => void }) {
  if (entries.length === 0) return null;
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {entries.map((entry) => (
        <Command.Item
          key={entry.id}
          value={`${entry.label} ${entry.hint ?? ""} ${entry.words ?? ""} ${entry.id}`}
          onSelect={() => {
            onDone();
            entry.run();
          }}
          className="flex h-8 cursor-default select-none items-center gap-2.5 rounded-sm px-2 data-[selected=true]:bg-accent-soft [&_svg]:size-3.5 [&_svg]:text-muted"
        >
          {entry.icon}
          <span className="truncate">{entry.label}</span>
          {entry.hint ? <span className="truncate text-faint text-sm">{entry.hint}</span> : null}
          {entry.keys ? <Keys keys={entry.keys} className="ml-auto" /> : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function useEntries(search: string, isOpen: boolean) {
  const trpc = useTRPC();
  const router = useRouter();
  const pathname = usePathname();
  const can = useCan();
  const { resolvedTheme, setTheme } = useTheme();
  const apiId = apiIdOf(pathname);
  const go = (href: string) => () => router.push(href);
  const apis = useQuery({ ...trpc.api.list.queryOptions(), enabled: isOpen });
  const keys = useQuery({
    ...trpc.apiKey.list.queryOptions({ search, limit: 8 }),
    enabled: isOpen && search.length > 1 && can("key:read"),
  });
  const screens: Entry[] = [
    ...(apiId
      ? API_SCREENS.map((screen) => ({ ...screen, href: apiScreenHref(screen, apiId), hint: "this API" }))
      : []),
    ...Object.values(WORKSPACE_SCREENS)
      .flat()
      .filter((screen) => can(screen.permission))
      .map((screen) => ({ ...screen, hint: "" })),
  ].map((screen) => ({
    id: screen.href,
    label: screen.label,
    hint: screen.hint,
    icon: <screen.icon />,
    run: go(screen.href),
    ...(screen.keys ? { keys: screen.keys } : {}),
  }));
  const actions: (Entry | false | null)[] = [
    apiId !== null &&
      can("api:deploy") && {
        id: "deploy",
        label: "Deploy this API",
        keys: "mod+shift+d",
        icon: <Rocket />,
        run: go(`${pathname}?deploy`),
      },
    can("api:write") && { id: "new-api", label: "New API", icon: <Plus />, run: go("/apis?new") },
    can("api:write") && { id: "import", label: "Import an API", icon: <Upload />, run: go("/apis/import") },
    can("key:write") && {
      id: "issue",
      label: "Issue an API key",
      icon: <KeyRound />,
      run: go("/api-keys?issue"),
    },
    can("plan:write") && {
      id: "new-plan",
      label: "New usage plan",
      icon: <Plus />,
      run: go("/usage-plans?new"),
    },
    {
      id: "theme",
      label: resolvedTheme === "dark" ? "Use the light theme" : "Use the dark theme",
      icon: resolvedTheme === "dark" ? <Sun /> : <Moon />,
      run: () => setTheme(resolvedTheme === "dark" ? "light" : "dark"),
    },
    { id: "sign-out", label: "Sign out", icon: <LogOut />, run: signOut },
  ];
  return {
    apis: reachable(apis.data ?? [], search).map((api) => ({
      id: api.id,
      label: api.name,
      hint: api.id,
      icon: <Boxes />,
      run: go(`/apis/${api.id}/design`),
    })),
    keys: (keys.data?.items ?? []).map((key) => ({
      id: key.id,
      label: key.name,
      hint: `…${key.valueHint} ${key.customerId ?? ""}`.trim(),
      // The server found it, perhaps by its whole value: the palette must not filter it out.
      words: search,
      icon: <KeyRound />,
      run: go(`/api-keys?key=${key.id}`),
    })),
    screens,
    actions: actions.filter((entry): entry is Entry => Boolean(entry)),
  };
}

/** Go to any API, screen or key, or do something, from anywhere. */
export function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [search, setSearch] = useState("");
  const entries = useEntries(useDeferredValue(search.trim()), open);
  const close = () => {
    setSearch("");
    onOpenChange(false);
  };
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          className="-translate-x-1/2 fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-[560px] animate-fade-in overflow-hidden rounded-lg border border-line bg-raised shadow-float focus:outline-none"
        >
          <Radix.Title className="sr-only">Command palette</Radix.Title>
          <Command loop label="Command palette">
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder="Search APIs, screens, keys and actions"
              className="h-11 w-full border-line border-b bg-transparent px-4 text-lg outline-none"
            />
            <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-2 py-8 text-center text-muted">
                Nothing is called that.
              </Command.Empty>
              <Entries title="APIs" entries={entries.apis} onDone={close} />
              <Entries title="Keys" entries={entries.keys} onDone={close} />
              <Entries title="Screens" entries={entries.screens} onDone={close} />
              <Entries title="Actions" entries={entries.actions} onDone={close} />
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
