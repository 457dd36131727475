// The floor: what node:http alone does with the same answer.
import { createServer } from "node:http";

const body = JSON.stringify({ message: "hello world", path: "/bench/mock" });
createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}).listen(Number(process.argv[2]), "127.0.0.1");
