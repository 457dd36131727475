import type { Metadata } from "next";
import { UsagePlanListScreen } from "@/components/usage-plan/usage-plan-list-screen";

export const metadata: Metadata = { title: "Usage plans" };

export default function UsagePlanListPage() {
  return <UsagePlanListScreen />;
}
