import { z } from "zod";

// Zod probes `new Function("")` for its compiler: under the console's CSP that is a violation report on every page.
z.config({ jitless: true });
