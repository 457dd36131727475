-- Requests of clients for people to look at; removed by age and by number.
CREATE TABLE "RequestLog" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "apiId" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "latencyMs" DOUBLE PRECISION NOT NULL,
    "integrationMs" DOUBLE PRECISION NOT NULL,
    "keyId" TEXT,
    "keyName" TEXT,
    "planId" TEXT,
    "sourceIp" TEXT NOT NULL,
    "deploymentId" TEXT NOT NULL,
    "isCanary" BOOLEAN,
    "errorType" TEXT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "RequestLog_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "RequestLog_apiId_stage_id_idx" ON "RequestLog"("apiId", "stage", "id");
CREATE INDEX "RequestLog_requestId_idx" ON "RequestLog"("requestId");
CREATE INDEX "RequestLog_at_idx" ON "RequestLog"("at");
