import type { Metadata } from "next";
import { TokenScreen } from "@/components/token/token-screen";

export const metadata: Metadata = { title: "Machine tokens" };

export default function TokenPage() {
  return <TokenScreen />;
}
