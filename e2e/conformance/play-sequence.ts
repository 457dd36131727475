import type { Outcome, SequenceCase, Step } from "./case-types";
import { type Masks, mismatches } from "./match-expected";
import { fillReferences, lookUp, refersToNothing } from "./references";
import type { OperationSender } from "./send-operation";

type Player = { sender: OperationSender; gatewayPort: number };

/** Plays a case's steps in order; the differences of every step, in words. */
export async function playSequence(testCase: SequenceCase, player: Player): Promise<string[]> {
  const masks: Masks = { tokens: [...(testCase.masks ?? []), "<region>", "<partition>"], bound: new Map() };
  const answers = new Map<string, unknown>();
  const found: string[] = [];
  for (const step of testCase.steps) {
    if (step.externalService) {
      answers.set(step.id, stubbedService(step));
      continue;
    }
    // A clean-up of what other runs left in the account: here there is nothing to clean up.
    if (!step.expect && refersToNothing(step.params ?? {}, answers)) continue;
    const outcome = await playStep(step, player, answers);
    answers.set(step.id, answerOf(outcome));
    const expect = fillReferences(step.expect, answers, true) as Step["expect"];
    const differences = judge({ ...step, expect }, withoutRemoved(testCase, step, outcome), masks);
    found.push(...differences.map((one) => `${step.id} ${step.op}: ${one}`));
    // What a later step needs is not there: it would only say the same again.
    if (outcome.error && !step.expect?.error) break;
  }
  return found;
}

/** The notes of a case name members that were removed from an answer before it was recorded. */
function withoutRemoved({ notes = [] }: SequenceCase, step: Step, outcome: Outcome): Outcome {
  const removed = [notes].flat().flatMap((note) => {
    const [, id, place = "", key = ""] =
      /^(s\d+)\.(\S+): key '(.+)' removed before comparison$/.exec(note) ?? [];
    return id === step.id ? [{ place, key }] : [];
  });
  if (removed.length === 0) return outcome;
  const body = structuredClone(outcome.body);
  for (const { place, key } of removed) {
    const holder = lookUp(body, place);
    if (typeof holder === "object" && holder !== null) delete (holder as Record<string, unknown>)[key];
  }
  return { ...outcome, body };
}

async function playStep(step: Step, player: Player, answers: Map<string, unknown>): Promise<Outcome> {
  if (step.op !== "HTTP") {
    return player.sender.send(step.op, fillReferences(step.params ?? {}, answers) as Record<string, unknown>);
  }
  const request = fillReferences(step.request, answers) as NonNullable<Step["request"]>;
  return callGateway(request, player.gatewayPort);
}

const GATEWAY_WAIT_MS = 5_000;

/** A stage is served a moment after it was made: until then the gateway knows no such API. */
async function callGateway(request: NonNullable<Step["request"]>, port: number): Promise<Outcome> {
  const url = new URL(request.url);
  const apiId = url.hostname.split(".")[0];
  const address = `http://127.0.0.1:${port}/${apiId}${url.pathname}${url.search}`;
  const { method, headers, body } = request;
  for (const end = Date.now() + GATEWAY_WAIT_MS; ; ) {
    const answer = await fetch(address, { method, headers, body });
    const text = await answer.text();
    if (answer.status !== 403 || Date.now() > end) {
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {}
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: { json, text, headers: Object.fromEntries(answer.headers) },
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function answerOf({ body, error, headers, status }: Outcome): unknown {
  return typeof body === "object" && body !== null
    ? { ...body, Error: error }
    : { Error: error, headers, status };
}

function judge({ op, expect = {} }: Step, outcome: Outcome, masks: Masks): string[] {
  const found: string[] = [];
  const { status, error, body, parts = {}, asserts = [] } = expect;
  if (status !== undefined && !isStatus(status, outcome.status)) {
    found.push(`status ${outcome.status} instead of ${status}`);
  }
  if (error) {
    if (!outcome.error) return [...found, `succeeded instead of ${error.code}: ${error.message}`];
    found.push(...mismatches(error.code, outcome.error.Code, masks, "code"));
    found.push(...mismatches(error.message, outcome.error.Message, masks, "message"));
  } else if (outcome.error && op !== "HTTP") {
    return [`failed: ${outcome.error.Code}: ${outcome.error.Message}`];
  }
  if (body !== undefined) found.push(...mismatches(body, outcome.body, masks));
  const answer = answerOf(outcome);
  for (const [path, value] of Object.entries(parts)) {
    found.push(...mismatches(value, lookUp(answer, path), masks, path));
  }
  for (const { path, op: how, value } of asserts)
    found.push(...judgeAssert({ path, how, value }, answer, masks));
  return found;
}

function judgeAssert(
  { path, how, value }: { path: string; how: "==" | "contains"; value: unknown },
  answer: unknown,
  masks: Masks,
): string[] {
  const actual = lookUp(answer, path);
  if (how === "==") return mismatches(value, actual, masks, path);
  return String(actual).includes(String(value))
    ? []
    : [`${path}: ${String(actual)} does not contain ${value}`];
}

function isStatus(expected: number | string, actual: number): boolean {
  if (typeof expected === "number") return expected === actual;
  return expected.split("|").includes(`${Math.floor(actual / 100)}xx`);
}

/** What the steps of other services have to give so that the ones of the gateway can go on. */
function stubbedService({ op }: Step): unknown {
  if (op === "DescribeSubnets") return { Subnets: [{ SubnetId: "subnet-1" }, { SubnetId: "subnet-2" }] };
  const LoadBalancerArn =
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/nlb/0123456789abcdef";
  return { LoadBalancers: [{ LoadBalancerArn }] };
}
