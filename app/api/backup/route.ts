import { answerBackup } from "@/server/trpc/answer-backup";

export const dynamic = "force-dynamic";
export { answerBackup as POST };
