-- CacheHitCount and CacheMissCount of a method, minute by minute.
ALTER TABLE "MetricMinute" ADD COLUMN "cacheHits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "cacheMisses" INTEGER NOT NULL DEFAULT 0;
