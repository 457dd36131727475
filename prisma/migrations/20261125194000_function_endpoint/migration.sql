-- CreateTable
CREATE TABLE "FunctionEndpoint" (
    "workspaceId" TEXT NOT NULL,
    "url" TEXT NOT NULL DEFAULT '',
    "region" TEXT NOT NULL,
    "accessKeyId" TEXT NOT NULL DEFAULT '',
    "secretCipher" TEXT NOT NULL DEFAULT '',
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "FunctionEndpoint_pkey" PRIMARY KEY ("workspaceId")
);

-- AddForeignKey
ALTER TABLE "FunctionEndpoint" ADD CONSTRAINT "FunctionEndpoint_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
