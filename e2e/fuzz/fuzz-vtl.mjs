// `npm run fuzz:vtl -- --count N --seed S [--family F] [--shrink N] [--results FILE]`
// Renders generated templates with our engine and with the reference renderer, whose folder GATEHOUSE_VTL_ORACLE names.
import { runBundled } from "../run-bundled.mjs";

await runBundled("e2e/fuzz/main.ts");
