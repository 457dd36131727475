import type { Metadata } from "next";
import { MetricScreen } from "@/components/stage/metrics/metric-screen";

export const metadata: Metadata = { title: "Metrics" };

export default async function MetricPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  return <MetricScreen apiId={apiId} />;
}
