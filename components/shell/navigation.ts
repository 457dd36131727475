import {
  Activity,
  Boxes,
  Braces,
  ChartNoAxesCombined,
  FlaskConical,
  Globe,
  House,
  KeyRound,
  Layers,
  type LucideIcon,
  Rocket,
  ScrollText,
  Server,
  SquareFunction,
  SquareTerminal,
  Users,
  Workflow,
} from "lucide-react";
import type { Permission } from "@/server/domain/permissions";

export type Screen = {
  label: string;
  /** `[apiId]` is filled in for screens of one API. */
  href: string;
  icon: LucideIcon;
  permission: Permission;
  /** Keys in turn, as in `g a`. */
  keys?: string;
};

/** The list of screens: the navigation, the palette and the shortcut sheet read it. */
export const WORKSPACE_SCREENS = {
  top: [
    { label: "Home", href: "/", icon: House, permission: "api:read", keys: "g h" },
    { label: "APIs", href: "/apis", icon: Boxes, permission: "api:read", keys: "g a" },
  ],
  operate: [
    { label: "Usage plans", href: "/usage-plans", icon: Layers, permission: "plan:read", keys: "g p" },
    { label: "API keys", href: "/api-keys", icon: KeyRound, permission: "key:read", keys: "g k" },
    { label: "Domain names", href: "/domains", icon: Globe, permission: "api:read", keys: "g w" },
  ],
  workspace: [
    { label: "People and roles", href: "/people", icon: Users, permission: "people:read", keys: "g u" },
    { label: "Machine tokens", href: "/tokens", icon: SquareTerminal, permission: "token:read", keys: "g m" },
    { label: "Functions", href: "/functions", icon: SquareFunction, permission: "token:read", keys: "g f" },
    { label: "Audit log", href: "/audit", icon: ScrollText, permission: "audit:read", keys: "g l" },
    { label: "Nodes", href: "/nodes", icon: Server, permission: "metrics:read", keys: "g n" },
  ],
} as const satisfies Record<string, readonly Screen[]>;

export const API_SCREENS: readonly Screen[] = [
  { label: "Design", href: "/apis/[apiId]/design", icon: Workflow, permission: "api:read" },
  { label: "Templates", href: "/apis/[apiId]/templates", icon: Braces, permission: "api:read" },
  { label: "Test", href: "/apis/[apiId]/test", icon: FlaskConical, permission: "api:read" },
  {
    label: "Deployments",
    href: "/apis/[apiId]/deployments",
    icon: Rocket,
    permission: "api:read",
    keys: "g d",
  },
  { label: "Stages", href: "/apis/[apiId]/stages", icon: Activity, permission: "api:read", keys: "g s" },
  {
    label: "Metrics",
    href: "/apis/[apiId]/metrics",
    icon: ChartNoAxesCombined,
    permission: "metrics:read",
    keys: "g t",
  },
];

export const apiScreenHref = (screen: Screen, apiId: string) => screen.href.replace("[apiId]", apiId);

/** The id in `/apis/<id>/…`, if the path is inside an API. */
export function apiIdOf(pathname: string): string | null {
  return /^\/apis\/([a-z0-9]{10})(?:\/|$)/.exec(pathname)?.[1] ?? null;
}
