import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { HeedError } from '../errors.ts';

/** Where a server listens. */
export interface ListenAddress {
  host: string;
  port: number;
}

/**
 * Has a server listen; resolves with its port.
 * @throws HeedError `bad-config` that says why it cannot, and what helps
 */
export function listen(server: Server, { host, port }: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(problemOf(cause, { host, port })));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * Takes an address for a server that will listen there later, so that nothing is loaded in vain for one that cannot,
 * and nobody else takes it meanwhile. Resolves with the function that gives it free.
 * @throws HeedError `bad-config`
 */
export async function reserveAddress(address: ListenAddress): Promise<() => Promise<void>> {
  // Whoever connects too early sees what they would see without a server.
  const holder = createServer((socket) => socket.destroy());
  await listen(holder, address);
  return () => new Promise((resolve) => holder.close(() => resolve()));
}

function problemOf(cause: NodeJS.ErrnoException, { host, port }: ListenAddress): HeedError {
  const words: Record<string, string> = {
    EADDRINUSE:
      `Port ${port} is in use, by another heed or another program. Stop that one, or choose another port: ` +
      `heed dev --port ${port === 65_535 ? port - 1 : port + 1}, or server.port.`,
    EACCES: `Port ${port} may only be used by the administrator. Choose one from 1024 on with --port or server.port.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Choose one that it has, or 0.0.0.0 for all of them.`,
  };
  const message = words[cause.code ?? ''] ?? `The server cannot listen on ${host}, port ${port}: ${cause.message}`;
  return new HeedError('bad-config', message, { cause });
}
