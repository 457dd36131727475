import { answerHealth } from "@/server/trpc/answer-health";

export const dynamic = "force-dynamic";
export { answerHealth as GET };
