import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Cores this process may use: those of the machine, fewer if its control group is held to a share of their time. */
export function coreCount(read: (file: string) => string = (file) => readFileSync(file, "utf8")): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(cgroupCores(read))));
}

/** Infinity without a limit, and where there are no control groups. Node.js 20 does not look there. */
function cgroupCores(read: (file: string) => string): number {
  const numbers = (...files: string[]) => {
    try {
      return files.map(read).join(" ").split(/\s+/).map(Number);
    } catch {
      return [];
    }
  };
  const [quota = Number.NaN, period = Number.NaN] = numbers("/sys/fs/cgroup/cpu.max");
  if (quota > 0 && period > 0) return quota / period;
  const [oldQuota = 0, oldPeriod = 0] = numbers(
    "/sys/fs/cgroup/cpu/cpu.cfs_quota_us",
    "/sys/fs/cgroup/cpu/cpu.cfs_period_us",
  );
  return oldQuota > 0 && oldPeriod > 0 ? oldQuota / oldPeriod : Number.POSITIVE_INFINITY;
}
