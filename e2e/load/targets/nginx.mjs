// nginx with one worker: as the back end, as a plain proxy, and as a proxy with a rate limit and an access log.
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort, startServer } from "../processes.mjs";

const NGINX = ["/usr/sbin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"].find((file) =>
  existsSync(file),
);

const BODY = '{"id":1,"name":"Rex","kind":"dog","tags":["good","small"]}';

function configuration(folder, http) {
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 2048; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  keepalive_requests 100000000;
${http}
}
`;
}

async function startNginx({ name, core, http, port, route }) {
  if (!NGINX) throw new Error("nginx is not installed (Debian: apt-get install nginx-light)");
  const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-bench-nginx-"));
  const file = path.join(folder, "nginx.conf");
  writeFileSync(file, configuration(folder, http(folder)));
  return startServer({
    name,
    core,
    command: NGINX,
    args: ["-p", folder, "-e", path.join(folder, "start.log"), "-c", file],
    url: `http://127.0.0.1:${port}${route}`,
  });
}

export async function startBackend(core) {
  const port = await freePort();
  const http = () => `  server { listen 127.0.0.1:${port} backlog=2048; default_type application/json;
    location / { return 200 '${BODY}'; } }`;
  return startNginx({ name: "back end", core, http, port, route: "/pets/1" });
}

const proxyServer = (port, extra) => `  server { listen 127.0.0.1:${port} backlog=2048;
    location / { ${extra} proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection ""; } }`;
const upstream = (backend) =>
  `  upstream backend { server ${new URL(backend).host}; keepalive 256; keepalive_requests 100000000; }`;

export async function startNginxProxy(core, backend) {
  const port = await freePort();
  const http = () => `${upstream(backend)}\n${proxyServer(port, "")}`;
  return startNginx({ name: "nginx proxy_pass", core, http, port, route: "/pets/1" });
}

export async function startNginxLimited(core, backend) {
  const port = await freePort();
  const http = (folder) => `${upstream(backend)}
  limit_req_zone $http_x_api_key zone=keys:10m rate=1000000r/s;
  log_format bench '$remote_addr - [$time_local] "$request" $status $body_bytes_sent $request_time';
${proxyServer(port, `limit_req zone=keys burst=100000 nodelay; access_log ${folder}/access.log bench buffer=64k flush=1s;`)}`;
  return startNginx({ name: "nginx limit_req + access_log", core, http, port, route: "/pets/1" });
}
