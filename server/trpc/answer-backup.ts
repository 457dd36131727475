import { Readable } from "node:stream";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { z } from "zod";
import type { Actor } from "@/server/domain/actor";
import { restoreBackup } from "@/server/services/setup/backup/restore-backup";
import { writeBackup } from "@/server/services/setup/backup/write-backup";
import { createContext } from "./context";
import { inputFailureText, serviceFailure, toTrpcError } from "./failure";

/** Not in an address, which ends up in logs; base64url of UTF-8. */
const PASSPHRASE_HEADER = "x-gatehouse-passphrase";
const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");
const backupQuery = z.strictObject({ withLogs: flag, withSecret: flag });
const restoreQuery = z.strictObject({ replace: flag });

/**
 * `POST /api/backup?withLogs=&withSecret=` answers with the whole instance as a stream. Not a procedure: it has no bounds in
 * size. Only for tokens, so that no page of another site can start it.
 */
export function answerBackup(request: Request): Promise<Response> {
  return answering("backup", async () => {
    const actor = await requireToken(request);
    const options = parse(backupQuery, request);
    const stream = await writeBackup(actor, { ...options, passphrase: passphraseOf(request) });
    const headers = { "content-type": "application/octet-stream", "cache-control": "no-store" };
    return new Response(Readable.toWeb(stream) as ReadableStream, { headers });
  });
}

/** `POST /api/restore?replace=` takes such a stream. */
export function answerRestore(request: Request): Promise<Response> {
  return answering("restore", async () => {
    const actor = await requireToken(request);
    const { replace } = parse(restoreQuery, request);
    if (!request.body) throw new TRPCError({ code: "BAD_REQUEST", message: "Send the backup as the body" });
    const source = request.body as unknown as AsyncIterable<Uint8Array>;
    return Response.json(await restoreBackup(actor, { source, replace, passphrase: passphraseOf(request) }));
  });
}

async function answering(path: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (cause) {
    const thrown =
      cause instanceof TRPCError ? cause : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });
    const error = toTrpcError(thrown, path);
    const body = {
      code: error.code,
      message: error.message,
      fieldPath: serviceFailure(error)?.fieldPath ?? null,
    };
    return Response.json(body, { status: getHTTPStatusCodeFromError(error) });
  }
}

async function requireToken(request: Request): Promise<Actor> {
  const { actor } = request.headers.has("authorization") ? await createContext(request) : { actor: null };
  if (!actor) throw new TRPCError({ code: "UNAUTHORIZED", message: "Send a token" });
  return actor;
}

function parse<Shape extends z.ZodType>(schema: Shape, { url }: Request): z.output<Shape> {
  const parsed = schema.safeParse(Object.fromEntries(new URL(url).searchParams));
  if (parsed.success) return parsed.data;
  throw new TRPCError({ code: "BAD_REQUEST", message: inputFailureText(parsed.error) });
}

function passphraseOf({ headers }: Request): string | null {
  const given = headers.get(PASSPHRASE_HEADER);
  return given === null ? null : Buffer.from(given, "base64url").toString("utf8");
}
