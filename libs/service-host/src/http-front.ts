import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one service serves over HTTP: path prefixes, and who answers them. */
export interface HttpPart {
  readonly routes: readonly string[];
  readonly handle: RequestListener;
}

/** An open HTTP port; `close` ends its connections too. */
export interface HttpFront {
  readonly url: string;
  close(): Promise<void>;
}

/** One port for several services: the longest matching path prefix decides who answers. */
export async function openHttpFront(parts: readonly HttpPart[], host: string, port: number, variable = 'TROUPE_HTTP_PORT'): Promise<HttpFront> {
  const routes = parts
    .flatMap(({ routes: prefixes, handle }) => prefixes.map((prefix) => ({ prefix, handle })))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const server = createServer((request, response) => route(routes, request, response));
  await listen(server, host, port, variable);
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://localhost:${bound}`, close: () => close(server) };
}

function route(routes: readonly { prefix: string; handle: RequestListener }[], request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const found = routes.find(({ prefix }) => prefix === '/' || path === prefix || path.startsWith(`${prefix}/`));
  if (found) found.handle(request, response);
  else response.writeHead(404).end();
}

function listen(server: Server, host: string, port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken: stop what listens there, or set ${variable} to another one.`) : error);
    });
    server.listen(port, host, resolve);
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
