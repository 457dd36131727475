// `npm run dev`: the launcher with `next dev` and a gateway that restarts when its sources change.
process.argv.push("--dev");
await import("../dist/launcher.mjs");
