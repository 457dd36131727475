import { expect, it } from "vitest";
import { historyWords } from "./history-words";

it.each([
  ["deployed", 3, { number: 3 }, "Deployed #3"],
  ["deployed", null, {}, "Deployed"],
  ["rolled-back", 2, {}, "Moved to #2"],
  ["rolled-back", null, null, "Moved to another deployment"],
  ["promoted", 4, { fromStage: "dev" }, "Promoted #4 from dev"],
  ["promoted", null, { fromStage: "dev" }, "Promoted a deployment from dev"],
  ["settings-changed", null, { changed: ["clientCertificateId"] }, "Changed client certificate"],
  ["settings-changed", null, { changed: ["variables", "unheardOf"] }, "Changed variables, unheardOf"],
  ["settings-changed", null, null, "Changed settings"],
  ["canary-aborted", null, { reason: "errors" }, "Aborted the canary: errors"],
])("%s of %s with %o is “%s”", (kind, deploymentNumber, detail, words) => {
  expect(historyWords({ kind, deploymentNumber, detail })).toBe(words);
});
