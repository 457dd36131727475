import type { Metadata } from "next";
import { NodeScreen } from "@/components/node/node-screen";

export const metadata: Metadata = { title: "Nodes" };

export default function NodePage() {
  return <NodeScreen />;
}
