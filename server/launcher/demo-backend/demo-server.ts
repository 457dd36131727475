import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { createPetStore, type PetStore } from "@/server/launcher/demo-backend/pet-store";

const BODY_LIMIT_BYTES = 1_000_000;

const newPetSchema = z.object({
  type: z.string().min(1),
  name: z.string().min(1),
  price: z.number().nonnegative().default(0),
  vaccinated: z.boolean().default(false),
  tags: z.array(z.string()).default([]),
});

class RequestProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The service behind the sample API: `/pets`, `/pets/{id}`, and `/echo/…`, which answers what it was asked. */
export function createDemoServer(): Server {
  const store = createPetStore();
  return createServer((request, response) => {
    answer(store, request, response).catch((error) => {
      const status = error instanceof RequestProblem ? error.status : 500;
      sendJson(response, status, { error: (error as Error).message });
    });
  });
}

async function answer(store: PetStore, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", "http://demo-backend");
  if (url.pathname === "/healthz") return sendJson(response, 200, { status: "ok" });
  if (url.pathname === "/echo" || url.pathname.startsWith("/echo/")) {
    return sendJson(response, 200, {
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: await readBody(request),
    });
  }
  if (url.pathname === "/pets") return answerPets({ store, request, response, url });
  const id = /^\/pets\/(\d{1,9})$/.exec(url.pathname)?.[1];
  if (id) return answerPet({ store, request, response, id: Number(id) });
  throw new RequestProblem(404, `There is nothing at ${url.pathname}`);
}

type Call = { store: PetStore; request: IncomingMessage; response: ServerResponse };

async function answerPets({ store, request, response, url }: Call & { url: URL }) {
  if (request.method === "GET") {
    const limit = Number(url.searchParams.get("limit") ?? 100);
    if (!Number.isInteger(limit) || limit < 1)
      throw new RequestProblem(400, "limit must be a positive whole number");
    return sendJson(response, 200, store.list({ type: url.searchParams.get("type") ?? undefined, limit }));
  }
  if (request.method !== "POST") throw new RequestProblem(405, `${request.method} is not possible here`);
  const parsed = newPetSchema.safeParse(parseJson(await readBody(request)));
  if (!parsed.success) throw new RequestProblem(400, z.prettifyError(parsed.error));
  const pet = store.add(parsed.data);
  response.setHeader("location", `/pets/${pet.id}`);
  return sendJson(response, 201, pet);
}

function answerPet({ store, request, response, id }: Call & { id: number }) {
  const pet = store.find(id);
  if (!pet) throw new RequestProblem(404, `There is no pet ${id}`);
  if (request.method === "GET") return sendJson(response, 200, pet);
  if (request.method !== "DELETE") throw new RequestProblem(405, `${request.method} is not possible here`);
  store.remove(id);
  response.writeHead(204).end();
}

async function readBody(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) throw new RequestProblem(413, "The body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestProblem(400, `The body is not JSON: ${(error as Error).message}`);
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown) {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
