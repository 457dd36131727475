import type { Metadata } from "next";
import { DeploymentListScreen } from "@/components/deployment/deployment-list-screen";

export const metadata: Metadata = { title: "Deployments" };

export default async function DeploymentListPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  return <DeploymentListScreen apiId={apiId} />;
}
