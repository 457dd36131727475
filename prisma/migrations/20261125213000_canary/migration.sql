-- CreateTable
CREATE TABLE "CanaryWindow" (
    "apiId" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "deploymentId" TEXT NOT NULL,
    "isCanary" BOOLEAN NOT NULL,
    "startsAt" TIMESTAMP(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "errors4xx" INTEGER NOT NULL,
    "errors5xx" INTEGER NOT NULL,
    "buckets" JSONB NOT NULL,

    CONSTRAINT "CanaryWindow_pkey" PRIMARY KEY ("apiId", "stage", "startsAt", "isCanary", "deploymentId")
);

-- CreateTable
CREATE TABLE "CanaryRollout" (
    "id" TEXT NOT NULL,
    "stageId" TEXT NOT NULL,
    "canaryDeploymentId" TEXT NOT NULL,
    "canaryNumber" INTEGER NOT NULL,
    "productionDeploymentId" TEXT NOT NULL,
    "productionNumber" INTEGER NOT NULL,
    "plan" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "step" INTEGER NOT NULL DEFAULT 0,
    "stepStartedAt" TIMESTAMP(3) NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "verdict" JSONB,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "reason" TEXT NOT NULL DEFAULT '',
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,

    CONSTRAINT "CanaryRollout_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CanaryWindow_startsAt_idx" ON "CanaryWindow"("startsAt");

-- CreateIndex
CREATE INDEX "CanaryRollout_stageId_startedAt_idx" ON "CanaryRollout"("stageId", "startedAt");

-- CreateIndex
CREATE INDEX "CanaryRollout_status_idx" ON "CanaryRollout"("status");

-- AddForeignKey
ALTER TABLE "CanaryRollout" ADD CONSTRAINT "CanaryRollout_stageId_fkey" FOREIGN KEY ("stageId") REFERENCES "Stage"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Canary settings that were only kept for AWS's clients become settings of their stages.
UPDATE "Stage" s
SET config = s.config || jsonb_build_object('canary', r.document -> 'canarySettings')
FROM "StoredResource" r
WHERE r.kind = 'stage-extras' AND r."parentId" = s."apiId" AND r.id = s.name
  AND r.document ? 'canarySettings'
  AND EXISTS (
    SELECT 1 FROM "Deployment" d
    WHERE d."apiId" = s."apiId" AND d.id = r.document -> 'canarySettings' ->> 'deploymentId'
  );
UPDATE "StoredResource" SET document = document - 'canarySettings'
WHERE kind = 'stage-extras' AND document ? 'canarySettings';
