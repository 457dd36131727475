import type { Metadata } from "next";
import { UsagePlanScreen } from "@/components/usage-plan/usage-plan-screen";

export const metadata: Metadata = { title: "Usage plan" };

export default async function UsagePlanPage({ params }: { params: Promise<{ planId: string }> }) {
  return <UsagePlanScreen planId={(await params).planId} />;
}
