import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { defaultConfig, type Config } from '../../src/config/index.ts';
import type { CatalogueEntry } from '../../src/models/catalogue.ts';

/** How the hub misbehaves. */
export interface HubFaults {
  /** The next answers stop after this many bytes each; `received()` then breaks their connection. */
  breakAfterBytes?: number[];
  ignoresRange?: boolean;
  /** Takes the request and says nothing. */
  isSilent?: boolean;
  status?: number;
  /** Sent in place of the content. */
  content?: Buffer;
}

/** A hub on this machine; `requests` holds what was asked, `sentBytes` what was answered. */
export interface Hub {
  url: string;
  requests: { path: string; range: string | undefined }[];
  sentBytes: number;
  faults: HubFaults;
  /** Told how many bytes of the file a client has; breaks the connection once it has all that it will get. */
  received(doneBytes: number): void;
}

/** Starts a hub that has one file; it stops after the test. */
export async function startHub(content: Buffer, faults: HubFaults = {}): Promise<Hub> {
  let held: { socket: Socket; atBytes: number } | undefined;
  const hub: Hub = {
    url: '',
    requests: [],
    sentBytes: 0,
    faults,
    received: (doneBytes) => {
      if (doneBytes === held?.atBytes) held.socket.destroy();
    },
  };
  const server = createServer((request, response) =>
    answer(hub, content, request, response, (atBytes) => {
      held = { socket: request.socket, atBytes };
    }),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return hub;
}

function answer(
  hub: Hub,
  whole: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  hold: (atBytes: number) => void,
): void {
  const { range } = request.headers;
  hub.requests.push({ path: request.url!, range });
  if (hub.faults.isSilent === true) return;
  if (hub.faults.status !== undefined) return void response.writeHead(hub.faults.status).end();
  const content = hub.faults.content ?? whole;
  const start =
    range === undefined || hub.faults.ignoresRange === true ? undefined : Number(/^bytes=(\d+)-$/.exec(range)![1]);
  const part = content.subarray(start ?? 0);
  response.writeHead(start === undefined ? 200 : 206, {
    'content-length': part.length,
    ...(start === undefined ? {} : { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
  });
  const limit = hub.faults.breakAfterBytes?.shift();
  const sent = part.subarray(0, limit ?? part.length);
  hub.sentBytes += sent.length;
  if (limit === undefined) return void response.end(sent);
  response.flushHeaders();
  if (limit === 0) return void response.socket?.end();
  hold((start ?? 0) + limit);
  response.write(sent);
}

/** A made-up model of the catalogue. */
export function madeUpEntry(content: Buffer, more: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    name: 'made-up',
    sizeBytes: content.length,
    languages: 'English',
    licence: 'MIT',
    sha256: createHash('sha256').update(content).digest('hex'),
    ...more,
  };
}

/** Bytes that no two tests share. */
export function madeUpContent(sizeBytes = 300_000): Buffer {
  return randomBytes(sizeBytes);
}

/** The options of a models folder and a hub. */
export function modelsConfig(dir: string, hub: string, more: Partial<Config['models']> = {}): Config['models'] {
  return { ...defaultConfig.models, dir, hub, sources: ['hub'], ...more };
}

/** An address where nothing listens. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return `http://127.0.0.1:${port}`;
}
