import { beforeAll, describe, expect, it, vi } from "vitest";
import { answerAuth } from "@/server/auth/answer-auth";
import { SIGN_INS_PER_MINUTE } from "@/server/auth/auth";
import { ACCOUNT_SIGN_INS_PER_MINUTE } from "@/server/auth/sign-in-limit";
import { database } from "@/server/db/client";
import * as dispatch from "@/server/events/dispatch";
import * as listing from "@/server/services/api/list-apis";
import { useOwnDatabase } from "@/server/testing/own-database";
import { sha256 } from "@/server/toolkit/sha256";
import { answerTrpc } from "./answer-trpc";

const HOST = "127.0.0.1:4321";
const OWNER = { name: "Ada", email: "Ada@Example.com", password: "correct horse" };
const CLI_TOKEN = "ghc_of-this-machine";
let cookie = "";

beforeAll(async () => {
  process.env.GATEHOUSE_LOG_LEVEL = "silent";
  process.env.GATEHOUSE_CLI_TOKEN_HASH = sha256(CLI_TOKEN);
  await useOwnDatabase();
});

async function call(path: string, options: { input?: unknown; headers?: Record<string, string> } = {}) {
  const isQuery = options.input === undefined;
  const request = new Request(`http://${HOST}/api/trpc/${path}`, {
    method: isQuery ? "GET" : "POST",
    headers: { host: HOST, "content-type": "application/json", ...options.headers },
    ...(isQuery ? {} : { body: JSON.stringify({ json: options.input }) }),
  });
  const response = await answerTrpc(request);
  const body = await response.json();
  return { status: response.status, data: body.result?.data.json, error: body.error?.json };
}

function signIn(
  password: string,
  headers: Record<string, string> = {},
  email = OWNER.email,
): Promise<Response> {
  const request = new Request(`http://${HOST}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { host: HOST, origin: `http://${HOST}`, "content-type": "application/json", ...headers },
    body: JSON.stringify({ email, password }),
  });
  return answerAuth(request);
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

describe("the first run", () => {
  it("lets the first visitor become the owner, and nobody after them", async () => {
    expect((await call("setup.status")).data).toEqual({ needsOwner: true });
    const weak = await call("setup.createOwner", { input: { ...OWNER, password: "short" } });
    expect(weak).toMatchObject({
      status: 400,
      error: {
        message: expect.stringContaining("password"),
        data: { zod: { fieldErrors: { password: ["A password has at least 8 characters"] } }, service: null },
      },
    });
    expect((await call("setup.createOwner", { input: OWNER })).status).toBe(200);
    expect((await call("setup.status")).data).toEqual({ needsOwner: false });
    const second = await call("setup.createOwner", { input: { ...OWNER, email: "eve@example.com" } });
    expect(second).toMatchObject({ status: 409, error: { data: { service: { code: "CONFLICT" } } } });
  });

  it("leaves sign-up closed", async () => {
    const request = new Request(`http://${HOST}/api/auth/sign-up/email`, {
      method: "POST",
      headers: { host: HOST, origin: `http://${HOST}`, "content-type": "application/json" },
      body: JSON.stringify({ ...OWNER, email: "eve@example.com" }),
    });
    expect((await answerAuth(request)).ok).toBe(false);
    expect(await database().user.count()).toBe(1);
  });
});

describe("a session", () => {
  it("begins with the right password only, with a cookie that works over plain http", async () => {
    expect((await signIn("wrong horse!")).status).toBe(401);
    const response = await signIn(OWNER.password);
    expect(response.status).toBe(200);
    const [line = ""] = response.headers.getSetCookie();
    expect(line).toMatch(/HttpOnly/i);
    expect(line).toMatch(/SameSite=Lax/i);
    expect(line).not.toMatch(/Secure/i);
    cookie = cookieOf(response);
    const me = await call("session.me", { headers: { cookie } });
    expect(me.data).toMatchObject({
      user: { name: "Ada", email: "ada@example.com" },
      role: "owner",
      workspace: { name: "My workspace" },
    });
    expect(me.data.permissions).toContain("people:write");
  });

  it("does not begin from a page of another origin", async () => {
    expect((await signIn(OWNER.password, { origin: "http://127.0.0.1:9999" })).status).toBe(403);
  });

  it("is refused for a while after many attempts from one address, and not to others", async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt <= SIGN_INS_PER_MINUTE; attempt++) {
      statuses.push((await signIn("wrong horse!", { "x-forwarded-for": "192.0.2.1" })).status);
    }
    expect(statuses.slice(0, -1)).toEqual(new Array(SIGN_INS_PER_MINUTE).fill(401));
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn(OWNER.password, { "x-forwarded-for": "192.0.2.2" })).status).toBe(200);
  });

  it("is refused for a while after many attempts on one account, whatever address they claim to come from", async () => {
    const email = "target@example.com";
    expect((await signIn("wrong horse!", { "x-forwarded-for": "198.51.100.1" }, email)).status).toBe(401);
    // The attempts in between, without the seconds that checking passwords takes.
    const { count } = await database().rateLimit.updateMany({
      where: { key: { startsWith: "sign-in|" }, count: 1 },
      data: { count: ACCOUNT_SIGN_INS_PER_MINUTE },
    });
    expect(count).toBe(1);
    const last = await signIn("wrong horse!", { "x-forwarded-for": "198.51.100.2" }, email.toUpperCase());
    expect(last.status).toBe(429);
    expect((await signIn(OWNER.password, { "x-forwarded-for": "192.0.2.3" })).status).toBe(200);
  });

  it("is not lent to pages of other ports of the same machine", async () => {
    const headers = { cookie, origin: "http://127.0.0.1:8080" };
    expect((await call("api.create", { input: { name: "Theirs" }, headers })).status).toBe(401);
    const ours = { cookie, origin: `http://${HOST}` };
    expect((await call("api.create", { input: { name: "Ours" }, headers: ours })).status).toBe(200);
  });

  it("carries a change of role at once and ends with the membership", async () => {
    const headers = { cookie };
    const { userId } = await database().membership.findFirstOrThrow();
    await database().membership.updateMany({ where: { userId }, data: { role: "viewer" } });
    const refused = await call("api.create", { input: { name: "No" }, headers });
    expect(refused).toMatchObject({ status: 403, error: { message: "Your role does not allow this" } });
    await database().membership.updateMany({ where: { userId }, data: { role: "owner" } });
    const membership = await database().membership.findFirstOrThrow();
    await database().membership.deleteMany({ where: { userId } });
    expect((await call("session.me", { headers })).status).toBe(401);
    await database().membership.create({ data: membership });
  });
});

describe("a machine token", () => {
  it("gives its role until it is revoked", async () => {
    const made = await call("token.create", { input: { name: "CI", role: "viewer" }, headers: { cookie } });
    const headers = { authorization: `Bearer ${made.data.token}` };
    const me = await call("session.me", { headers });
    expect(me.data).toMatchObject({ user: null, role: "viewer" });
    expect((await call("api.create", { input: { name: "No" }, headers })).status).toBe(403);
    const listed = await call("token.list", { headers: { cookie } });
    expect(listed.data).toMatchObject([{ name: "CI", tokenHint: made.data.token.slice(-4) }]);
    expect(JSON.stringify(listed.data)).not.toContain(made.data.token);
    await call("token.revoke", { input: { tokenId: made.data.tokenId }, headers: { cookie } });
    expect((await call("session.me", { headers })).status).toBe(401);
  });

  it("is the owner's when it is the one of this machine's command line", async () => {
    const me = await call("session.me", { headers: { authorization: `Bearer ${CLI_TOKEN}` } });
    expect(me.data).toMatchObject({ user: null, role: "owner", workspace: { name: "My workspace" } });
    const wrong = await call("session.me", { headers: { authorization: `Bearer ${CLI_TOKEN}x` } });
    expect(wrong.status).toBe(401);
  });

  it("is not made up for by a cookie when it is wrong", async () => {
    const headers = { cookie, authorization: "Bearer wrong" };
    expect((await call("session.me", { headers })).status).toBe(401);
  });
});

describe("what goes wrong", () => {
  it("reaches the client as code, field and details when it is a refusal", async () => {
    const headers = { cookie };
    const { data } = await call("api.create", { input: { name: "Errors" }, headers });
    const stale = await call("api.edit", {
      input: { apiId: data.apiId, revision: 7, edits: [{ name: "update-api", input: { changes: {} } }] },
      headers,
    });
    expect(stale).toMatchObject({
      status: 409,
      error: { data: { service: { code: "CONFLICT", fieldPath: "revision", details: { revision: 1 } } } },
    });
    const unknown = await call("api.edit", {
      input: { apiId: data.apiId, revision: 1, edits: [{ name: "explode", input: {} }] },
      headers,
    });
    expect(unknown).toMatchObject({ status: 400, error: { data: { service: { code: "INVALID" } } } });
    const broken = await call("api.import", { input: { source: "openapi: [" }, headers });
    expect(broken.error.data.service).toMatchObject({
      code: "INVALID",
      fieldPath: "source",
      details: { line: expect.any(Number) },
    });
  });

  it.each([
    ["an id", "api.get", { apiId: "a\u0000b" }],
    ["a search", "apiKey.list", { search: "a\u0000b" }],
    ["a place in a list", "audit.list", { cursor: "\u0000" }],
    ["a place in the history that is none", "api.history", { apiId: "x", cursor: "99999999999" }],
  ])("is the caller's mistake for text that cannot be: %s", async (_, path, input) => {
    const query = encodeURIComponent(JSON.stringify({ json: input }));
    expect((await call(`${path}?input=${query}`, { headers: { cookie } })).status).toBe(400);
  });

  it("does not hide what was done when only the audit log could not be written yet", async () => {
    const away = vi.spyOn(dispatch, "dispatchEvents").mockRejectedValueOnce(new Error("connection lost"));
    const warning = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const made = await call("token.create", { input: { name: "CI", role: "viewer" }, headers: { cookie } });
    away.mockRestore();
    expect(made).toMatchObject({ status: 200, data: { token: expect.stringMatching(/^gh_/) } });
    expect(warning).toHaveBeenCalledOnce();
    warning.mockRestore();
    await call("token.revoke", { input: { tokenId: made.data.tokenId }, headers: { cookie } });
    const { data } = await call("audit.list", { headers: { cookie } });
    expect(data.items.slice(0, 2)).toMatchObject([{ action: "token.revoked" }, { action: "token.created" }]);
  });

  it("is not memory: a short request cannot claim to be a huge value", async () => {
    const { data } = await call("api.create", { input: { name: "Bomb" }, headers: { cookie } });
    const depth = 40;
    let context: unknown = { x: 1 };
    const referentialEqualities: Record<string, string[]> = {};
    for (let level = depth; level > 0; level--) {
      context = { a: context, b: null };
      const at = `input.context${".a".repeat(level - 1)}`;
      referentialEqualities[`${at}.a`] = [`${at}.b`];
    }
    const json = { apiId: data.apiId, name: "s", input: { context } };
    const request = new Request(`http://${HOST}/api/trpc/sample.save`, {
      method: "POST",
      headers: { host: HOST, "content-type": "application/json", cookie },
      body: JSON.stringify({ json, meta: { referentialEqualities } }),
    });
    expect((await answerTrpc(request)).status).toBe(200);
  });

  it("is hidden behind a reference when it is a bug", async () => {
    const bug = vi.spyOn(listing, "listApis").mockRejectedValue(new Error("secret internals"));
    const answer = await call("api.list", { headers: { cookie } });
    bug.mockRestore();
    expect(answer.status).toBe(500);
    expect(answer.error.message).toMatch(/^Something went wrong \(reference [0-9a-f]{8}\)$/);
    expect(JSON.stringify(answer)).not.toContain("secret internals");
  });
});
