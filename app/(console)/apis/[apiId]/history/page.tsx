import type { Metadata } from "next";
import { ApiHistoryScreen } from "@/components/api/api-history-screen";

export const metadata: Metadata = { title: "Edit history" };

export default async function ApiHistoryPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  return <ApiHistoryScreen apiId={apiId} />;
}
