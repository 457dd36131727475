"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Authorizer } from "@/server/gateway/snapshot/api-snapshot";
import { useDraft } from "../../designer/store/draft-provider";
import { useCan } from "../../shell/session";
import { prettyJson } from "../../test-runner/pretty-json";
import { failureOf } from "../../trpc/failure";
import { type Answers, useTRPC } from "../../trpc/trpc";
import { Button } from "../../ui/button";
import { CodeBlock } from "../../ui/code-block";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Fact } from "../../ui/section";
import { Notice } from "../../ui/state/notice";
import { Textarea } from "../../ui/textarea";

type Result = Answers["test"]["authorizer"];

const TONES = { allow: "ok", deny: "warn", error: "bad" } as const;
const TITLES = { allow: "Allowed", deny: "Refused", error: "The authorizer does not work" } as const;

/** The header the token is in; null for authorizers that read more than one header. */
function tokenHeaderOf({ type, identitySource }: Authorizer): string | null {
  if (type === "REQUEST") return null;
  return /^method\.request\.header\.(.+)$/.exec(identitySource?.trim() ?? "")?.[1] ?? "Authorization";
}

/** `Name: value` lines as pairs; lines without a colon are left out. */
function headerLines(text: string): [string, string][] {
  return text.split("\n").flatMap((line): [string, string][] => {
    const at = line.indexOf(":");
    return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
  });
}

/** What traffic's cache would do with this decision; a test always asks anew. */
function cacheWords({ cachedSeconds, answer, decision }: Result): string {
  if (cachedSeconds !== null)
    return `Traffic would reuse this for ${cachedSeconds} s for the same identity; the test asked anew`;
  if (decision === "error") return "Nothing is kept of a failure";
  return answer === null ? "No function was asked" : "Nothing is kept: every call asks anew";
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <h5 className="text-muted text-sm">{title}</h5>
      {children}
    </div>
  );
}

function Outcome({ result }: { result: Result }) {
  const { decision, status, reason, methodArn, context, usageIdentifierKey, latencyMs, log, answer } = result;
  return (
    <div className="flex flex-col gap-2.5">
      <Notice tone={TONES[decision]} title={TITLES[decision]}>
        {reason}
      </Notice>
      <dl className="text-sm">
        <Fact name="Client gets">
          {decision === "allow" ? "what the integration answers" : <span className="num">{status}</span>}
        </Fact>
        <Fact name="Took">
          <span className="num">{latencyMs} ms</span>
        </Fact>
        <Fact name="Cache">{cacheWords(result)}</Fact>
        <Fact name="Method">
          <span className="mono break-all">{methodArn}</span>
        </Fact>
      </dl>
      {answer === null ? null : (
        <Titled title="What the function answered">
          <CodeBlock wrap label="What the function answered" code={prettyJson(answer) ?? answer} />
        </Titled>
      )}
      {context ? (
        <Titled title="$context.authorizer">
          <CodeBlock
            wrap
            label="What templates and back ends read of the caller"
            code={JSON.stringify(
              { ...context, ...(usageIdentifierKey ? { usageIdentifierKey } : {}) },
              null,
              2,
            )}
          />
        </Titled>
      ) : null}
      {log.length > 0 ? (
        <Titled title="Log">
          <CodeBlock wrap label="Log" code={log.join("\n")} />
        </Titled>
      ) : null}
    </div>
  );
}

/** Asks the authorizer of the saved draft, and shows what it decided and why. */
export function AuthorizerTester({ authorizer }: { authorizer: Authorizer }) {
  const trpc = useTRPC();
  const draft = useDraft();
  const canTest = useCan()("test:invoke");
  const [token, setToken] = useState("");
  const [headers, setHeaders] = useState("");
  const [path, setPath] = useState("/");
  const [scopes, setScopes] = useState("");
  const test = useMutation(trpc.test.authorizer.mutationOptions());
  const tokenHeader = tokenHeaderOf(authorizer);
  if (!canTest) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await draft.flush();
    const [target = "/", query = ""] = path.split("?");
    test.mutate({
      apiId: draft.apiId,
      authorizerId: authorizer.id,
      request: {
        httpMethod: "GET",
        path: target,
        query,
        headers: [
          ...(tokenHeader && token ? [[tokenHeader, token] as [string, string]] : []),
          ...headerLines(headers),
        ],
        scopes: scopes.split(/[\s,]+/).filter(Boolean),
      },
    });
  };
  return (
    <form
      aria-label="Test the authorizer"
      className="flex flex-col gap-2.5 border-line border-t pt-3"
      onSubmit={submit}
    >
      <h4 className="font-semibold text-sm">Test</h4>
      {tokenHeader ? (
        <Field layout="row" label="Token" help={`Sent as ${tokenHeader}`}>
          <Input mono value={token} onChange={(event) => setToken(event.target.value)} />
        </Field>
      ) : (
        <Field layout="row" label="Headers" help="One a line, as in Name: value">
          <Textarea mono rows={3} value={headers} onChange={(event) => setHeaders(event.target.value)} />
        </Field>
      )}
      <Field layout="row" label="Path" help="For GET, as a client would send it; a query may follow">
        <Input
          mono
          value={path}
          onChange={(event) => setPath(event.target.value)}
          placeholder="/pets/1?page=2"
        />
      </Field>
      {authorizer.type === "COGNITO_USER_POOLS" ? (
        <Field
          layout="row"
          label="Scopes"
          help="What the method would ask for; none asks for an identity token"
        >
          <Input mono value={scopes} onChange={(event) => setScopes(event.target.value)} />
        </Field>
      ) : null}
      <div className="flex justify-end">
        <Button type="submit" pending={test.isPending}>
          Test the authorizer
        </Button>
      </div>
      {test.error ? <Notice tone="bad">{failureOf(test.error).message}</Notice> : null}
      {test.data ? <Outcome result={test.data} /> : null}
    </form>
  );
}
