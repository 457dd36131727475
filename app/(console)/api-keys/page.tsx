import type { Metadata } from "next";
import { ApiKeyListScreen } from "@/components/api-key/api-key-list-screen";

export const metadata: Metadata = { title: "API keys" };

export default function ApiKeyListPage() {
  return <ApiKeyListScreen />;
}
