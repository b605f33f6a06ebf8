/** Servers of pages that are not heed's own. */
import { createServer, request as openRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A file of a page: its text, with headers beside its type. */
export interface PageFile {
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

/** A server on a free port. */
export interface WebServer {
  origin: string;
  close(): Promise<void>;
}

/** Serves files by path. They may be added later. */
export async function servePages(files: Record<string, PageFile>): Promise<WebServer> {
  return await listen(
    createServer((request, response) => {
      const file = files[new URL(request.url!, 'http://page').pathname];
      response
        .writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain', ...file?.headers })
        .end(file?.body);
    }),
  );
}

/** Offers a server under a path: requests to `/prefix/…` reach it as `/…`, as behind a proxy that strips its path. */
export async function servePrefixed(prefix: string, port: number): Promise<WebServer> {
  const targetOf = ({ url = '/' }: IncomingMessage): string | undefined =>
    url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : undefined;
  const server = createServer((request, response) => {
    const path = targetOf(request);
    if (path === undefined) return response.writeHead(404).end();
    const { method, headers } = request;
    const passed = openRequest({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  server.on('upgrade', (request, socket, head) => {
    const path = targetOf(request);
    if (path === undefined) return socket.destroy();
    const passed = connect(port, '127.0.0.1', () => {
      const headers = Array.from({ length: request.rawHeaders.length / 2 }, (_, index) =>
        request.rawHeaders.slice(index * 2, index * 2 + 2).join(': '),
      );
      passed.write(`${[`${request.method} ${path} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`);
      passed.write(head);
      passed.pipe(socket).pipe(passed);
    });
    for (const end of [passed, socket]) end.on('error', () => [passed, socket].forEach((other) => other.destroy()));
  });
  return await listen(server);
}

async function listen(server: Server): Promise<WebServer> {
  // The server itself forgets the connections that have become WebSockets.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
