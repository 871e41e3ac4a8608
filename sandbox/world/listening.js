import net from "node:net";

/** Listens and gives the port; `port` 0 takes a free one. Connections are remembered, so that closing never hangs. */
export async function listen(server, port, address) {
  const sockets = (server.openSockets = new Set());
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, address, () => {
      server.removeListener("error", fail);
      done();
    });
  });
  return server.address().port;
}

/** Closes a server of `listen`, its open connections with it. */
export async function closeServer(server) {
  const closed = new Promise((done) => server.close(done));
  for (const socket of server.openSockets ?? []) socket.destroy();
  await closed;
}

/** Ports that are free now. Whoever takes them must be ready to try again. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => net.createServer());
  const ports = await Promise.all(servers.map((server) => listen(server, 0, "127.0.0.1")));
  await Promise.all(servers.map(closeServer));
  return ports;
}

/** True once something accepts connections at the port. */
export function accepts(port, address = "127.0.0.1") {
  return new Promise((done) => {
    const socket = net.connect(port, address);
    socket.once("connect", () => socket.destroy() && done(true));
    socket.once("error", () => done(false));
  });
}
