import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import { coreCount } from "./core-count";

const all = availableParallelism();
const withFiles = (files: Record<string, string>) =>
  coreCount((file) => {
    if (file in files) return files[file] as string;
    throw new Error("ENOENT");
  });

it("counts what a control group leaves of the machine's cores, of either version", () => {
  expect(withFiles({ "/sys/fs/cgroup/cpu.max": "50000 100000\n" })).toBe(1);
  expect(withFiles({ "/sys/fs/cgroup/cpu.max": `${all * 100_000} 100000\n` })).toBe(all);
  const old = { "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n" };
  expect(withFiles({ ...old, "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "90000\n" })).toBe(1);
  expect(withFiles({ ...old, "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n" })).toBe(all);
});

it("counts the machine's cores where nothing limits them", () => {
  expect(withFiles({ "/sys/fs/cgroup/cpu.max": "max 100000\n" })).toBe(all);
  expect(withFiles({})).toBe(all);
});
