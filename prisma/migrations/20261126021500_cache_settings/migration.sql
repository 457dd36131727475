-- A stage's cache was only remembered for AWS's clients; now it is a setting that gateways act on.
UPDATE "Stage" AS s
SET config = s.config || jsonb_strip_nulls(jsonb_build_object(
  'cacheClusterEnabled', e.document -> 'cacheClusterEnabled',
  'cacheClusterSize', CASE
    WHEN e.document ->> 'cacheClusterSize' IN ('0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237')
    THEN e.document -> 'cacheClusterSize'
  END
))
FROM "StoredResource" AS e
WHERE e.kind = 'stage-extras' AND e."parentId" = s."apiId" AND e.id = s.name
  AND e.document ?| ARRAY['cacheClusterEnabled', 'cacheClusterSize'];

UPDATE "StoredResource" SET document = document - 'cacheClusterEnabled' - 'cacheClusterSize'
WHERE kind = 'stage-extras';
