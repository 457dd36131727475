import type { Metadata } from "next";
import { FunctionEndpointScreen } from "@/components/function-endpoint/function-endpoint-screen";

export const metadata: Metadata = { title: "Functions" };

export default function FunctionsPage() {
  return <FunctionEndpointScreen />;
}
