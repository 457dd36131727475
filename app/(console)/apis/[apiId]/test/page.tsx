import type { Metadata } from "next";
import { TestScreen } from "@/components/test-runner/test-screen";

export const metadata: Metadata = { title: "Test" };

export default async function TestPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  return <TestScreen apiId={apiId} />;
}
