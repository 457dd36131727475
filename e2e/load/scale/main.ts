import { measureApis } from "./many-apis";
import { measureKeys } from "./many-keys";
import { measureRoutes } from "./many-routes";

const verdict = (mark: string, isMet: boolean) => `(mark ${mark}: ${isMet ? "met" : "MISSED"})`;

/** One of the measurements as a line to print. */
export function measure(name: string): string {
  switch (name) {
    case "routes": {
      const { fewNs, manyNs, allNs, ratio } = measureRoutes({ few: 10, many: 2_000 });
      return `a route of 2,000: ${manyNs.toFixed(0)} ns, of 10: ${fewNs.toFixed(0)} ns, ratio ${ratio.toFixed(2)} ${verdict("1.10", ratio <= 1.1)}; all 2,000 in turn: ${allNs.toFixed(0)} ns`;
    }
    case "keys": {
      const { bytesEach, p50Us, p99Us } = measureKeys(1_000_000);
      return `1,000,000 keys: ${bytesEach.toFixed(0)} bytes each ${verdict("300", bytesEach < 300)}, look-up p50 ${p50Us.toFixed(1)} µs, p99 ${p99Us.toFixed(1)} µs ${verdict("1,000 µs", p99Us < 1_000)}`;
    }
    case "apis": {
      const { rssMb, heapMb, compiled } = measureApis(10_000);
      return `10,000 deployed APIs: ${rssMb.toFixed(0)} MB resident, ${heapMb.toFixed(0)} MB heap, ${compiled} compiled ${verdict("1,024 MB", rssMb < 1_024)}`;
    }
    default:
      throw new Error(`There is no measurement ${name}: routes, keys, apis.`);
  }
}
