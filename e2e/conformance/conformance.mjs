// `npm run conformance -- [FOLDER] [--only TEXT] [--sequences]`
// Plays recorded cases against Gatehouse; FOLDER (or GATEHOUSE_CONFORMANCE) is where they are. README.md tells the rest.
import { runBundled } from "../run-bundled.mjs";

await runBundled("e2e/conformance/main.ts");
