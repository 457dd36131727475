import { answerRestore } from "@/server/trpc/answer-backup";

export const dynamic = "force-dynamic";
export { answerRestore as POST };
