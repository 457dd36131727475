import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { accessKeyRouter } from "./routers/access-key";
import { apiRouter } from "./routers/api";
import { apiKeyRouter } from "./routers/api-key";
import { auditRouter } from "./routers/audit";
import { canaryRouter } from "./routers/canary";
import { clientCertificateRouter } from "./routers/client-certificate";
import { deploymentRouter } from "./routers/deployment";
import { domainNameRouter } from "./routers/domain-name";
import { functionEndpointRouter } from "./routers/function-endpoint";
import { metricRouter } from "./routers/metric";
import { nodeRouter } from "./routers/node";
import { peopleRouter } from "./routers/people";
import { requestLogRouter } from "./routers/request-log";
import { sampleRouter } from "./routers/sample";
import { sessionRouter } from "./routers/session";
import { setupRouter } from "./routers/setup";
import { stageRouter } from "./routers/stage";
import { testRouter } from "./routers/test";
import { tokenRouter } from "./routers/token";
import { usagePlanRouter } from "./routers/usage-plan";
import { createCallerFactory, router } from "./trpc";

/** Everything that the console and the command line can ask for. */
export const appRouter = router({
  setup: setupRouter,
  session: sessionRouter,
  api: apiRouter,
  deployment: deploymentRouter,
  canary: canaryRouter,
  stage: stageRouter,
  usagePlan: usagePlanRouter,
  apiKey: apiKeyRouter,
  test: testRouter,
  sample: sampleRouter,
  people: peopleRouter,
  token: tokenRouter,
  accessKey: accessKeyRouter,
  domainName: domainNameRouter,
  clientCertificate: clientCertificateRouter,
  functionEndpoint: functionEndpointRouter,
  metric: metricRouter,
  node: nodeRouter,
  audit: auditRouter,
  requestLog: requestLogRouter,
});

export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

/** Calls procedures in this process, for server components and tests: `createCaller({ actor })`. */
export const createCaller = createCallerFactory(appRouter);
