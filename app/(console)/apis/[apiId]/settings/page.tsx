import type { Metadata } from "next";
import { ApiSettingsScreen } from "@/components/api/api-settings-screen";

export const metadata: Metadata = { title: "API settings" };

export default async function ApiSettingsPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  return <ApiSettingsScreen apiId={apiId} />;
}
