import { expect, it } from "vitest";
import { rejectionKey, rejectionsOf } from "./rejections";

it("reads what nodes report they refused, and shows what it does not know as it is", () => {
  const told = {
    apiId: "a",
    stageName: "prod",
    deploymentId: "d",
    isCanary: true,
    reason: "no such directive",
  };
  expect(rejectionsOf([told])).toEqual([
    { subject: "prod", apiId: "a", deploymentId: "d", isCanary: true, reason: "no such directive" },
  ]);
  expect(rejectionsOf(["odd", null])).toMatchObject([
    { subject: "", apiId: null, isCanary: false, reason: '"odd"' },
    { reason: "null" },
  ]);
  expect(rejectionsOf("nothing")).toEqual([]);
});

it("tells refusals of one stage apart by deployment and canary", () => {
  const told = { apiId: "a", stageName: "prod", deploymentId: "d", isCanary: false, reason: "no" };
  const all = rejectionsOf([told, { ...told, deploymentId: "e" }, { ...told, isCanary: true }]);
  expect(new Set(all.map(rejectionKey)).size).toBe(3);
});
