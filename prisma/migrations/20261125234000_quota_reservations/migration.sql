-- Requests that gateways have reserved and not used yet; with "used" never more than the quota.
ALTER TABLE "UsageCounter" ADD COLUMN "reserved" BIGINT NOT NULL DEFAULT 0;

-- Limits that only tell what they would have refused, and how exactly a quota is kept.
ALTER TABLE "UsagePlan" ADD COLUMN "throttleShadow" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "UsagePlan" ADD COLUMN "quotaShadow" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "UsagePlan" ADD COLUMN "quotaMode" TEXT NOT NULL DEFAULT 'strict';

-- Requests that were let through although a limit in shadow mode would have refused them.
ALTER TABLE "UsageDay" ADD COLUMN "shadowed" BIGINT NOT NULL DEFAULT 0;
