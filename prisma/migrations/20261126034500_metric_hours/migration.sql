-- Histograms as arrays: they are added up in SQL.
ALTER TABLE "MetricMinute" ALTER COLUMN "buckets" TYPE INTEGER[]
  USING string_to_array(translate("buckets"::text, '[] ', ''), ',')::integer[];
ALTER TABLE "MetricMinute" ALTER COLUMN "buckets" DROP NOT NULL;
CREATE INDEX "MetricMinute_apiId_minute_idx" ON "MetricMinute"("apiId", "minute");

CREATE TABLE "MetricHour" (
    "apiId" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "hour" TIMESTAMP(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "errors4xx" INTEGER NOT NULL,
    "errors5xx" INTEGER NOT NULL,
    "latencySumMs" DOUBLE PRECISION NOT NULL,
    "integrationSumMs" DOUBLE PRECISION NOT NULL,
    "cacheHits" INTEGER NOT NULL DEFAULT 0,
    "cacheMisses" INTEGER NOT NULL DEFAULT 0,
    "buckets" INTEGER[],

    CONSTRAINT "MetricHour_pkey" PRIMARY KEY ("apiId","stage","route","hour")
);
CREATE INDEX "MetricHour_apiId_hour_idx" ON "MetricHour"("apiId", "hour");
CREATE INDEX "MetricHour_hour_idx" ON "MetricHour"("hour");

CREATE TABLE "MetricKeyMinute" (
    "apiId" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "planId" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "minute" TIMESTAMP(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "errors4xx" INTEGER NOT NULL,
    "errors5xx" INTEGER NOT NULL,
    "throttled" INTEGER NOT NULL,

    CONSTRAINT "MetricKeyMinute_pkey" PRIMARY KEY ("apiId","stage","planId","keyId","minute")
);
CREATE INDEX "MetricKeyMinute_apiId_minute_idx" ON "MetricKeyMinute"("apiId", "minute");
CREATE INDEX "MetricKeyMinute_minute_idx" ON "MetricKeyMinute"("minute");

CREATE TABLE "MetricKeyHour" (
    "apiId" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "planId" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "hour" TIMESTAMP(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "errors4xx" INTEGER NOT NULL,
    "errors5xx" INTEGER NOT NULL,
    "throttled" INTEGER NOT NULL,

    CONSTRAINT "MetricKeyHour_pkey" PRIMARY KEY ("apiId","stage","planId","keyId","hour")
);
CREATE INDEX "MetricKeyHour_apiId_hour_idx" ON "MetricKeyHour"("apiId", "hour");
CREATE INDEX "MetricKeyHour_hour_idx" ON "MetricKeyHour"("hour");

-- What gateways counted so far, by the hour.
INSERT INTO "MetricHour"
SELECT "apiId", stage, route, date_trunc('hour', minute), sum(count), sum("errors4xx"), sum("errors5xx"),
  sum("latencySumMs"), sum("integrationSumMs"), sum("cacheHits"), sum("cacheMisses"),
  ARRAY[sum(buckets[1]), sum(buckets[2]), sum(buckets[3]), sum(buckets[4]), sum(buckets[5]), sum(buckets[6]), sum(buckets[7]), sum(buckets[8]), sum(buckets[9]), sum(buckets[10]), sum(buckets[11]), sum(buckets[12]), sum(buckets[13]), sum(buckets[14]), sum(buckets[15]), sum(buckets[16]), sum(buckets[17]), sum(buckets[18]), sum(buckets[19]), sum(buckets[20]), sum(buckets[21]), sum(buckets[22]), sum(buckets[23]), sum(buckets[24])]::integer[]
FROM "MetricMinute" GROUP BY 1, 2, 3, 4;
