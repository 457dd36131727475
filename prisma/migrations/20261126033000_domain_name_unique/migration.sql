-- A domain name belongs to one workspace. Of several that have one, the first is the one that gateways serve: the others
-- are put aside with their mappings, under kinds that nothing reads, so that nothing of them is lost.
WITH later AS (
  SELECT "workspaceId", id FROM (
    SELECT "workspaceId", id, row_number() OVER (PARTITION BY id ORDER BY "createdAt", "workspaceId") AS place
    FROM "StoredResource" WHERE kind = 'domain-name' AND "parentId" = '' AND position('+' in id) = 0
  ) AS placed WHERE place > 1
)
UPDATE "StoredResource" AS s SET kind = s.kind || '-refused'
FROM later AS l
WHERE s."workspaceId" = l."workspaceId" AND (
  (s.kind = 'domain-name' AND s."parentId" = '' AND s.id = l.id)
  OR (s.kind = 'base-path-mapping' AND s."parentId" = l.id)
);

-- Private names (`name+id`) are nobody's alone. Prisma's schema has no words for an index on a part of the rows.
CREATE UNIQUE INDEX "StoredResource_domain_name_key" ON "StoredResource" (id)
WHERE kind = 'domain-name' AND "parentId" = '' AND position('+' in id) = 0;
