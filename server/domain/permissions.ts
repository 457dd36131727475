export const ROLES = ["owner", "developer", "product", "support", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Everything that can be allowed, with what it lets somebody do. */
export const PERMISSIONS = {
  "api:read": "See APIs, their definitions and their deployments",
  "api:write": "Create APIs, edit and import definitions",
  "api:deploy": "Deploy a definition to a stage, and roll back",
  "api:delete": "Delete and restore APIs",
  "stage:write": "Change a stage's variables, throttling and logging, and delete it",
  "test:invoke": "Send a request through a draft",
  "plan:read": "See usage plans",
  "plan:write": "Create, change and delete usage plans and the stages they cover",
  "key:read": "See API keys (never their values) and their usage",
  "key:write": "Create, change and delete API keys",
  "key:revoke": "Revoke and restore an API key",
  "key:extend": "Give a key more requests for the quota period that runs",
  "metrics:read": "See traffic, usage and the state of the gateways",
  "request:read": "See single requests of clients in the request log",
  "audit:read": "See who did what",
  "people:read": "See who is in the workspace",
  "people:write": "Invite people, change roles, remove people",
  "token:read": "See machine tokens and access keys (never their values)",
  "token:write": "Create and revoke machine tokens and access keys",
  "workspace:write": "Change the workspace's settings",
} as const;
export type Permission = keyof typeof PERMISSIONS;

const READ: readonly Permission[] = ["api:read", "plan:read", "key:read", "metrics:read", "people:read"];

/** What each role may do. */
export const PERMISSIONS_OF: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(Object.keys(PERMISSIONS) as Permission[]),
  developer: new Set<Permission>([
    ...READ,
    "api:write",
    "api:deploy",
    "api:delete",
    "stage:write",
    "test:invoke",
    "request:read",
    "audit:read",
    "token:read",
  ]),
  product: new Set<Permission>([
    ...READ,
    "plan:write",
    "key:write",
    "key:revoke",
    "key:extend",
    "test:invoke",
    "request:read",
    "audit:read",
  ]),
  support: new Set<Permission>([
    ...READ,
    "key:revoke",
    "key:extend",
    "test:invoke",
    "request:read",
    "audit:read",
  ]),
  viewer: new Set<Permission>(READ),
};

/** Whether `role` allows `permission`. */
export function can(role: Role, permission: Permission): boolean {
  return PERMISSIONS_OF[role].has(permission);
}
