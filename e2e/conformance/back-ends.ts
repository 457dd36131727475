import type { InvokeCase } from "@/server/testing/conformance/case-file";
import { playedFunction } from "@/server/testing/conformance/played-function";
import { startStubBackend } from "@/server/testing/conformance/stub-backend";
import {
  type PlayedAnswer,
  type SeenInvocation,
  startFunctionServer,
} from "@/server/testing/function-server";
import type { SequenceCase } from "./case-types";

export type BackEnds = {
  /** A server that speaks Lambda's Invoke. */
  functionsUrl: string;
  /** Plays the parts a case asks for from now on; the case with the addresses of its back ends filled in. */
  prepare: (testCase: SequenceCase) => SequenceCase;
  stop: () => Promise<void>;
};

/** The back ends of sequences: the same stubs as those of invoke cases. */
export async function startBackEnds(): Promise<BackEnds> {
  const stub = await startStubBackend();
  const functions = await startFunctionServer();
  return {
    functionsUrl: functions.url,
    prepare(testCase) {
      const { backend } = testCase;
      stub.kind = backend && backend.type !== "function" ? backend.type : "http-echo";
      stub.objects = backend?.objects ?? {};
      functions.play =
        backend?.type === "function" ? playedFunction(testCase as unknown as InvokeCase) : echo;
      const filled = JSON.stringify(testCase)
        // Hosts of the recordings' own back ends, which have TLS; the stub has none.
        .replaceAll(/(?:https:\/\/)?\b[a-z0-9-]+\.backend\b/g, (host) =>
          host.startsWith("https://") ? stub.url : stub.host,
        )
        .replaceAll("https://${stageVariables.", "http://${stageVariables.")
        .replaceAll("{{BACKEND}}", stub.url)
        .replaceAll("{{BACKEND_HOST}}", stub.host)
        .replaceAll("{{ROLE_ARN}}", "arn:aws:iam::000000000000:role/functions");
      return JSON.parse(filled) as SequenceCase;
    },
    async stop() {
      await stub.close();
      await functions.close();
    },
  };
}

/** The function of the recorded sequences, which do not describe it: it tells the event it got. */
function echo({ event }: SeenInvocation): PlayedAnswer {
  const body = JSON.stringify(`response from localstack lambda: ${JSON.stringify(event ?? {})}`);
  return { returns: { statusCode: 200, body, isBase64Encoded: false, headers: {} } };
}
