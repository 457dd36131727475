import proxy from "@fastify/http-proxy";
import fastify from "fastify";

const server = fastify();
await server.register(proxy, { upstream: process.argv[3] });
await server.listen({ port: Number(process.argv[2]), host: "127.0.0.1" });
