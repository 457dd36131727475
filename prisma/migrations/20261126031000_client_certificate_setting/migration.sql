-- A stage's client certificate was only remembered for AWS's clients; now it is a setting that gateways act on.
UPDATE "Stage" AS s
SET config = s.config || jsonb_build_object('clientCertificateId', e.document -> 'clientCertificateId')
FROM "StoredResource" AS e
WHERE e.kind = 'stage-extras' AND e."parentId" = s."apiId" AND e.id = s.name
  AND jsonb_typeof(e.document -> 'clientCertificateId') = 'string'
  AND EXISTS (
    SELECT 1 FROM "StoredResource" AS c
    WHERE c."workspaceId" = e."workspaceId" AND c.kind = 'client-certificate' AND c.id = e.document ->> 'clientCertificateId'
  );

UPDATE "StoredResource" SET document = document - 'clientCertificateId'
WHERE kind = 'stage-extras';
