import type { NextConfig } from "next";

const config: NextConfig = {
  agentRules: false,
  devIndicators: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks types; leaving it out here keeps the first `npm start` short.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pg", "pino", "@prisma/adapter-pg"],
  outputFileTracingRoot: import.meta.dirname,
  // A fresh clone never reads this cache back; writing it costs 30 s of CPU.
  experimental: { turbopackFileSystemCacheForBuild: false },
  turbopack: { root: import.meta.dirname },
};
export default config;
