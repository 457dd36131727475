"use client";
import { ChevronsUpDown, Keyboard, LockKeyhole, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useState } from "react";
import { authClient } from "../session/auth-client";
import { ChangePasswordDialog } from "../session/change-password-dialog";
import { cx } from "../ui/class-names";
import { DropdownMenu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "../ui/overlay/dropdown-menu";
import { useSession } from "./session";

export const OPEN_SHORTCUTS = "gatehouse:shortcuts";

export async function signOut() {
  await authClient.signOut();
  window.location.assign("/sign-in");
}

const THEMES = [
  ["system", "Like the system", Monitor],
  ["light", "Light", Sun],
  ["dark", "Dark", Moon],
] as const;

export function UserMenu({ isCollapsed }: { isCollapsed: boolean }) {
  const { data: session } = useSession();
  const { theme, setTheme } = useTheme();
  const [isChangingPassword, setChangingPassword] = useState(false);
  const name = session?.user?.name ?? "…";
  return (
    <>
      <DropdownMenu
        align="start"
        trigger={
          <button
            type="button"
            aria-label="Account"
            className={cx(
              "flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover",
              isCollapsed && "flex-none px-1",
            )}
          >
            <span className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent text-xs uppercase">
              {name.charAt(0)}
            </span>
            {isCollapsed ? null : (
              <>
                <span className="min-w-0 flex-1">
                  <span className="block truncate leading-4">{name}</span>
                  <span className="block truncate text-faint text-xs leading-4">{session?.role}</span>
                </span>
                <ChevronsUpDown className="size-3.5 shrink-0 text-faint" />
              </>
            )}
          </button>
        }
      >
        <div className="px-2 py-1.5">
          <div className="font-medium">{session?.user?.email}</div>
          <div className="text-faint text-sm">
            {session?.workspace.name} · version {session?.version}
          </div>
        </div>
        <MenuSeparator />
        <MenuLabel>Theme</MenuLabel>
        {THEMES.map(([value, label, Icon]) => (
          <MenuChoice key={value} checked={theme === value} onCheckedChange={() => setTheme(value)}>
            <Icon /> {label}
          </MenuChoice>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => window.dispatchEvent(new Event(OPEN_SHORTCUTS))} keys="?">
          <Keyboard /> Keyboard shortcuts
        </MenuItem>
        <MenuItem onSelect={() => setChangingPassword(true)}>
          <LockKeyhole /> Change password
        </MenuItem>
        <MenuItem onSelect={signOut}>
          <LogOut /> Sign out
        </MenuItem>
      </DropdownMenu>
      {isChangingPassword ? <ChangePasswordDialog onClose={() => setChangingPassword(false)} /> : null}
    </>
  );
}
