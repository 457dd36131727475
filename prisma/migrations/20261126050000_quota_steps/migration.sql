-- How far each gateway process has got with the numbered statements that change the counters of quotas: each is applied
-- once, and none after the process was taken for dead.
CREATE TABLE "QuotaStep" (
    "runId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "step" BIGINT NOT NULL,
    "grants" JSONB,
    "isClosed" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "QuotaStep_pkey" PRIMARY KEY ("runId","kind")
);
