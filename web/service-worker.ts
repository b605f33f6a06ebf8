import { ShellCache } from './shell-cache.ts';

/** Set by the build: a hash of all files of the page, and their addresses beside this file. */
declare const SHELL_VERSION: string;
declare const SHELL_FILES: string[];

/** The part of a service worker's global scope that is used here; the types of pages do not know it. */
interface Worker {
  readonly location: Location;
  readonly caches: CacheStorage;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Awaiting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
}

interface Awaiting {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetching extends Awaiting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const worker = globalThis as unknown as Worker;
const cache = new ShellCache({
  version: SHELL_VERSION,
  shell: SHELL_FILES,
  base: new URL('.', worker.location.href).href,
  caches: worker.caches,
  fetch: (request, init) => fetch(request, init),
});

// A new worker takes over at once: it answers from the server like the old one, and only keeps newer files.
worker.addEventListener('install', (event) => event.waitUntil(cache.fill().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(cache.dropOthers().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const address = cache.addressOf(event.request);
  if (address !== undefined) event.respondWith(cache.answer(event.request, address));
});
