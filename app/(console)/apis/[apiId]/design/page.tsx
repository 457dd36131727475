import type { Metadata } from "next";
import { DesignerScreen } from "@/components/designer/designer-screen";

export const metadata: Metadata = { title: "Design" };

export default async function DesignPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  return <DesignerScreen apiId={apiId} />;
}
