import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be broken and restored. */
export interface BreakableProxy {
  readonly url: string;
  /** Ends every connection and takes no new ones. */
  break(): Promise<void>;
  restore(): Promise<void>;
}

export async function breakableProxy(to: string): Promise<BreakableProxy> {
  const { hostname, port: target } = new URL(to);
  const open = new Set<Socket>();
  const track = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((socket) => {
    const other = connect(Number(target), hostname);
    track(socket);
    track(other);
    socket.pipe(other).pipe(socket);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    break: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
    restore: () => listen(port),
  };
}
