const ACTIONS: Record<string, string> = {
  "access-key.created": "made the access key",
  "access-key.policy-changed": "changed the policy of the access key",
  "access-key.revoked": "revoked the access key",
  "api.created": "created the API",
  "api.deleted": "deleted the API",
  "api.edited": "edited",
  "api.imported": "imported into",
  "api.restored": "restored the API",
  "key.changed": "changed the key",
  "key.created": "issued the key",
  "key.deleted": "deleted the key",
  "key.restored": "restored the key",
  "key.revoked": "revoked the key",
  "person.added": "added",
  "person.removed": "removed",
  "person.role-changed": "changed the role of",
  "sample.deleted": "deleted the sample",
  "sample.saved": "saved the sample",
  "stage.deleted": "deleted the stage",
  "stage.deployed": "deployed",
  "stage.rolled-back": "moved to another deployment",
  "stage.settings-changed": "changed the settings of",
  "token.created": "made the token",
  "token.revoked": "revoked the token",
  "usage-plan.changed": "changed the plan",
  "usage-plan.created": "made the plan",
  "usage-plan.deleted": "deleted the plan",
  "usage-plan.key-attached": "added a key to",
  "usage-plan.key-detached": "took a key out of",
  "usage-plan.stage-attached": "added a stage to",
  "usage-plan.stage-detached": "took a stage out of",
  "workspace.created": "created",
};

/** What was done, between who and to what. Unknown actions show as they are. */
export const actionWords = (action: string) => ACTIONS[action] ?? action;

/** The kinds of things the log can be filtered by. */
export const AUDIT_KINDS = [
  ["", "Everything"],
  ["api", "APIs"],
  ["stage", "Stages"],
  ["usage-plan", "Plans"],
  ["key", "Keys"],
  ["person", "People"],
  ["token", "Tokens"],
  ["access-key", "Access keys"],
] as const;
