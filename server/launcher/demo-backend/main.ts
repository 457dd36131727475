import { createDemoServer } from "@/server/launcher/demo-backend/demo-server";

const server = createDemoServer();
server.once("error", (error) => {
  console.error(`Error: the demo backend cannot listen: ${error.message}`);
  process.exit(1);
});
server.listen(Number(process.argv[2]), "127.0.0.1");
process.once("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
