-- A deployment's number is given once: histories go on naming deployments that are deleted.
ALTER TABLE "Api" ADD COLUMN "lastDeploymentNumber" INTEGER NOT NULL DEFAULT 0;
UPDATE "Api" AS a SET "lastDeploymentNumber" = GREATEST(
  (SELECT max(number) FROM "Deployment" WHERE "apiId" = a.id),
  (SELECT max((e.detail ->> 'number')::integer) FROM "StageEvent" AS e JOIN "Stage" AS s ON s.id = e."stageId"
   WHERE s."apiId" = a.id AND jsonb_typeof(e.detail -> 'number') = 'number'),
  0
);

-- What `changes` is counted against. Until now a number was always one more than the newest's.
ALTER TABLE "Deployment" ADD COLUMN "baseNumber" INTEGER;
UPDATE "Deployment" SET "baseNumber" = number - 1 WHERE number > 1;
