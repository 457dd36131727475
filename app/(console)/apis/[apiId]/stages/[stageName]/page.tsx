import type { Metadata } from "next";
import { StageScreen } from "@/components/stage/stage-screen";

type Params = Promise<{ apiId: string; stageName: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Stage ${(await params).stageName}` };
}

export default async function StagePage({ params }: { params: Params }) {
  const { apiId, stageName } = await params;
  return <StageScreen apiId={apiId} stageName={decodeURIComponent(stageName)} />;
}
