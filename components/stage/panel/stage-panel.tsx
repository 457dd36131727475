"use client";
import { Tabs } from "radix-ui";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { useShortcut } from "../../shell/shortcuts";
import { LeaveGuard } from "./leave-guard";
import { type SavableForm, SavableForms } from "./savable-forms";

type Panel = { forms: SavableForms; isShown: boolean };
const PanelContext = createContext<Panel | null>(null);

/** Whether the panel around this is the one that is shown: what polls does it only then. */
export function useIsShown(): boolean {
  return useContext(PanelContext)?.isShown ?? true;
}

/** Has the panel around this save a form with its own. */
export function useSavableForm(form: SavableForm): void {
  const forms = useContext(PanelContext)?.forms;
  const key = useId();
  useEffect(() => forms?.put(key, form));
  useEffect(() => () => forms?.remove(key), [forms, key]);
}

/** A tab of the stage. One key saves all its forms. `isKept`: what was typed stays while another tab is shown. */
export function StagePanel({
  value,
  shown,
  isKept = false,
  children,
}: {
  value: string;
  /** The value of the tab that is shown. */
  shown: string;
  isKept?: boolean;
  children: ReactNode;
}) {
  const isShown = value === shown;
  const [wasShown, setWasShown] = useState(isShown);
  if (isShown && !wasShown) setWasShown(true);
  const [forms] = useState(() => new SavableForms());
  const isDirty = useSyncExternalStore(
    (listener) => forms.subscribe(listener),
    () => forms.isDirty(),
    () => false,
  );
  useShortcut(
    { keys: "mod+s", label: "Save", run: () => forms.saveAll(), inFields: true },
    isShown && isDirty,
  );
  const panel = useMemo(() => ({ forms, isShown }), [forms, isShown]);
  return (
    <PanelContext value={panel}>
      <LeaveGuard isUnsaved={isDirty} />
      <Tabs.Content
        value={value}
        // Radix shows what it mounts by force.
        {...(isKept && wasShown ? { forceMount: true, hidden: !isShown } : {})}
        tabIndex={-1}
        className="flex min-h-0 flex-1 flex-col gap-4 pt-4 focus:outline-none"
      >
        {children}
      </Tabs.Content>
    </PanelContext>
  );
}
