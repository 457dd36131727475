-- AlterTable
ALTER TABLE "Deployment" ADD COLUMN "changeSummary" JSONB;
