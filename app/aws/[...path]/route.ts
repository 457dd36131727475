import { answerAws } from "@/server/aws/answer-aws";

export const dynamic = "force-dynamic";
export { answerAws as DELETE, answerAws as GET, answerAws as PATCH, answerAws as POST, answerAws as PUT };
