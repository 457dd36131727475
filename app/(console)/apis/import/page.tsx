import type { Metadata } from "next";
import { ImportScreen } from "@/components/import/import-screen";

export const metadata: Metadata = { title: "Import an API" };

export default function ImportPage() {
  return <ImportScreen />;
}
