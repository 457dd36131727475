import type { Role } from "@/server/domain/permissions";

/** What each role is for, in a sentence. */
export const ROLE_WORDS: Record<Role, string> = {
  owner: "Everything, people and tokens included",
  developer: "Designs, tests and deploys APIs",
  product: "Usage plans and API keys",
  support: "Looks things up, revokes and restores keys",
  viewer: "Looks at APIs, plans, keys and metrics; changes nothing",
};
