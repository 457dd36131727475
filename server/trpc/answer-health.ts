import { checkDatabase } from "@/server/services/node/check-database";

/** 200 when the console can work, 503 when its database does not answer. */
export async function answerHealth(): Promise<Response> {
  try {
    await checkDatabase();
    return Response.json({ status: "ok" });
  } catch {
    return Response.json({ status: "no database" }, { status: 503 });
  }
}
