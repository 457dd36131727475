// The arrows of ARCHITECTURE.md as errors: `toolkit ← vtl ← gateway ← domain ← services ← trpc ← app`.
const PURE = ["toolkit", "vtl", "gateway", "domain"];
const allowed = {
  toolkit: [],
  vtl: ["toolkit"],
  gateway: ["vtl", "toolkit"],
  domain: ["gateway", "vtl", "toolkit"],
  db: [],
  adapters: ["gateway", "toolkit", "db"],
  functions: ["gateway", "toolkit", "db"],
  auth: ["db", "domain", "gateway", "vtl", "toolkit"],
  events: ["db", "domain", "gateway", "vtl", "toolkit"],
  services: ["db", "adapters", "events", ...PURE],
  trpc: ["services", "auth", "domain", "gateway", "vtl", "toolkit"],
  aws: ["services", "auth", "domain", "gateway", "vtl", "toolkit"],
  dataplane: ["adapters", "functions", "db", "gateway", "vtl", "toolkit"],
  cli: PURE,
  launcher: PURE,
};
const TEST = "\\.test\\.tsx?$|^server/testing/|^e2e/";

const folderRules = Object.entries(allowed).map(([from, to]) => ({
  name: `server-${from}`,
  comment: `server/${from} may import only: ${to.join(", ") || "nothing of ours"}`,
  severity: "error",
  from: { path: `^server/${from}/`, pathNot: TEST },
  to: {
    path: "^(server|components|app|e2e)/",
    pathNot: [
      `^server/${from}/`,
      ...to.map((f) => `^server/${f}/`),
      ...(PURE.includes(from) ? [] : ["^server/env\\.ts$"]),
    ],
  },
}));

module.exports = {
  forbidden: [
    ...folderRules,
    {
      name: "components",
      comment: "components know the four pure folders, and of tRPC only its type",
      severity: "error",
      from: { path: "^components/", pathNot: TEST },
      to: {
        path: "^(server|app|e2e)/",
        pathNot: ["^server/(toolkit|vtl|gateway|domain)/", "^server/trpc/root\\.ts$"],
      },
    },
    {
      name: "components-trpc-type-only",
      severity: "error",
      from: { path: "^components/", pathNot: TEST },
      to: { path: "^server/trpc/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "app",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^(server|e2e)/", pathNot: ["^server/(trpc|aws|auth)/", "^server/env\\.ts$"] },
    },
    {
      name: "vtl-front-door",
      comment: "server/vtl is entered only by its index.ts",
      severity: "error",
      from: { pathNot: `^server/vtl/|${TEST}` },
      to: { path: "^server/vtl/", pathNot: "^server/vtl/index\\.ts$" },
    },
    {
      name: "prisma-only-in-db",
      comment: "the only runtime import of the Prisma client is server/db",
      severity: "error",
      from: { pathNot: "^server/(db|testing)/" },
      to: { path: "^server/db/generated/|^node_modules/@prisma/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "testing-only-from-tests",
      severity: "error",
      from: { pathNot: TEST },
      to: { path: "^(server/testing|e2e)/" },
    },
    {
      name: "pure-no-node",
      comment: "pure folders import no Node built-in",
      severity: "error",
      from: { path: "^server/(toolkit|vtl|gateway|domain)/", pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-packages",
      comment: "the short list of packages pure folders may use",
      severity: "error",
      from: { path: "^server/(toolkit|vtl|gateway|domain)/", pathNot: TEST },
      to: { path: "^node_modules/", pathNot: "^node_modules/(zod|immer|re2js|yaml)/" },
    },
    {
      name: "no-runtime-cycles",
      severity: "error",
      from: { pathNot: "^server/db/generated/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^server/db/generated" },
    exclude: { path: "^server/db/generated|^\\.next|^dist" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
