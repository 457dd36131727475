import type { Metadata } from "next";
import { StageListScreen } from "@/components/stage/stage-list-screen";

export const metadata: Metadata = { title: "Stages" };

export default async function StageListPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  return <StageListScreen apiId={apiId} />;
}
