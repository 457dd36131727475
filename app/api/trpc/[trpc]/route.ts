import { answerTrpc } from "@/server/trpc/answer-trpc";

export const dynamic = "force-dynamic";
export { answerTrpc as GET, answerTrpc as POST };
