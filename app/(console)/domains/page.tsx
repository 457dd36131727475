import type { Metadata } from "next";
import { DomainListScreen } from "@/components/domain-name/domain-list-screen";

export const metadata: Metadata = { title: "Domain names" };

export default function DomainPage() {
  return <DomainListScreen />;
}
