import type { Metadata } from "next";
import { StudioScreen } from "@/components/template-studio/studio-screen";

export const metadata: Metadata = { title: "Templates" };

export default async function TemplatesPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  return <StudioScreen apiId={apiId} />;
}
