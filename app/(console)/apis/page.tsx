import type { Metadata } from "next";
import { ApiListScreen } from "@/components/api/api-list-screen";

export const metadata: Metadata = { title: "APIs" };

export default function ApiListPage() {
  return <ApiListScreen />;
}
