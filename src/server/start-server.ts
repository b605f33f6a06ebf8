import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { keptToken } from '../platform/kept-token.ts';
import { Access } from './access.ts';
import { Addresses } from './addresses.ts';
import { Door, maxStrangers } from './door.ts';
import type { Gateway } from './gateway.ts';
import { listen } from './listen.ts';
import { ownRoutes } from './own-routes.ts';
import type { ServerContext } from './context.ts';
import { Page, pageDir } from './page.ts';
import { Places } from './places.ts';
import type { Protocol, ServedProtocol } from './protocol.ts';
import { drainingError, Readiness } from './readiness.ts';
import { Refusals } from './refusals.ts';
import { Routes } from './routes.ts';
import { chooseCertificate, type ChosenCertificate } from './tls/choose-certificate.ts';
import type { KeyPair } from './tls/own-certificate.ts';
import { secure, type Secured } from './tls/secure.ts';
import { Upgrades } from './upgrades.ts';
import { WaitingRequests } from './waiting-requests.ts';

/** What a server needs besides its gateway. */
export interface ServerOptions {
  /** The protocols to serve besides the page; each adds its routes and its WebSockets. */
  protocols: readonly Protocol[];
  log: Log;
  /** Folder of the built page; default: the one beside the compiled code. */
  pageDir?: string;
  /** Folder of the certificate that heed makes; default: `.heed/tls` in the working folder. */
  tlsDir?: string;
}

/** Where heed keeps the certificate that it made, in the working folder. */
const tlsDir = join('.heed', 'tls');

/** How long `close` waits for unfinished requests, ms. */
const graceMs = 2_000;

/** Connections allowed beyond those of sessions, subscribers and strangers: for requests, and the page. */
const spareConnections = 128;

/** The longest time in which the head of a request must come, and how often that is checked, ms. */
const [maxHeadMs, headCheckMs] = [60_000, 1_000];

/** The running server, with the page and every protocol on one port. */
export class HeedServer {
  /** Address of the page, with the token in it. */
  readonly url: string;
  /** The addresses at which other machines find the page, with the token; empty on a loopback address. */
  readonly networkUrls: readonly string[];
  /** The SHA-256 fingerprint of the certificate that heed made; absent where it shows none of its own. */
  readonly fingerprint: string | undefined;
  readonly port: number;
  readonly #http: Server;
  readonly #secured: Secured | undefined;
  readonly #upgrades: Upgrades;
  readonly #protocols: readonly ServedProtocol[];
  readonly #context: Pick<ServerContext, 'readiness' | 'sessions' | 'subscribers'>;
  readonly #heartbeat: NodeJS.Timeout;
  #closing: Promise<void> | undefined;

  constructor(parts: {
    http: Server;
    upgrades: Upgrades;
    protocols: readonly ServedProtocol[];
    context: Pick<ServerContext, 'readiness' | 'sessions' | 'subscribers'>;
    secured: Secured | undefined;
    addresses: Addresses;
    heartbeatMs: number;
  }) {
    this.#http = parts.http;
    this.#upgrades = parts.upgrades;
    this.#protocols = parts.protocols;
    this.#context = parts.context;
    this.url = parts.addresses.url;
    this.networkUrls = parts.addresses.networkUrls;
    this.fingerprint = parts.secured?.fingerprint;
    this.#secured = parts.secured;
    this.port = (parts.http.address() as AddressInfo).port;
    this.#heartbeat = setInterval(() => {
      this.#upgrades.beat();
      for (const protocol of this.#protocols) protocol.beat?.();
    }, parts.heartbeatMs);
    this.#heartbeat.unref();
  }

  /**
   * Takes no more sessions, subscribers and uploads, and says so at `/v1/ready`. Resolves when the speakers have been
   * heard to their end and their connections are closed, and when no file is being transcribed.
   */
  async drain(): Promise<void> {
    const { readiness, sessions, subscribers } = this.#context;
    readiness.drain();
    for (const places of [sessions, subscribers]) places.close(drainingError());
    await Promise.all([this.#upgrades.drain(), ...this.#protocols.map(async (protocol) => protocol.drain?.())]);
  }

  /** Accepts no more connections, and ends the open ones with their sessions. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#secured?.stop();
    const closed = new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
    });
    await this.#upgrades.close();
    await Promise.all(this.#protocols.map(async (protocol) => protocol.close?.()));
    this.#http.closeIdleConnections();
    const grace = setTimeout(() => {
      this.#http.closeAllConnections();
      this.#secured?.front.destroy();
    }, graceMs);
    await closed;
    clearTimeout(grace);
  }
}

/**
 * Starts the server on `server.host` and `server.port`.
 * @throws HeedError `bad-config` when it cannot listen on that address, or cannot use the certificate of the options
 */
export async function startServer(gateway: Gateway, options: ServerOptions): Promise<HeedServer> {
  const { log } = options;
  const config = gateway.config.server;
  const now = (): number => performance.now();
  const choose = (current?: KeyPair): Promise<ChosenCertificate | undefined> =>
    chooseCertificate(config, { dir: options.tlsDir ?? tlsDir, current, log });
  const certificate = await choose();
  // A certificate of files says by which names the server goes.
  const allowedHosts = [...config.allowedHosts, ...(certificate?.names ?? [])];
  const access = new Access({ ...config, allowedHosts }, () => keptToken(config.tokenFile, log));
  const context = {
    gateway,
    access,
    log,
    now,
    door: new Door(access, config, now),
    sessions: new Places(config.maxSessions, 'server.maxSessions'),
    subscribers: new Places(config.maxSubscribers, 'server.maxSubscribers'),
    readiness: new Readiness(gateway),
    refusals: new Refusals(log),
  };
  const protocols = options.protocols.map((protocol) => protocol(context));
  const upgrades = new Upgrades(
    context,
    new Map(protocols.flatMap(({ upgrades: byPath = {} }) => Object.entries(byPath))),
  );
  const page = new Page(options.pageDir ?? pageDir);
  const routes = new Routes(context, [
    ...protocols.flatMap(({ routes: own = [] }) => own),
    ...ownRoutes(context, page),
  ]);
  const headersTimeout = Math.min(config.authTimeoutMs, maxHeadMs);
  const limits = { headersTimeout, connectionsCheckingInterval: headCheckMs };
  const waiting = new WaitingRequests();
  const http = createServer(limits, (request, response) => {
    if (waiting.take(request, response)) void routes.respond(request, response);
  });
  http.maxConnections = config.maxSessions + config.maxSubscribers + maxStrangers + spareConnections;
  http.on('upgrade', (request, socket, head) => upgrades.take(request, socket, head));
  const secured = certificate && secure(http, certificate, { choose, log });
  // Of a connection with TLS this is the bare socket below it.
  http.on('connection', (socket) => context.door.strangers.add(socket));
  await Promise.all(protocols.map(async ({ ready }) => ready));
  const port = await listen(http, config).catch((error: unknown) => {
    secured?.stop();
    throw error;
  });
  const addresses = new Addresses({ config, port, token: access.token, certificate });
  return new HeedServer({ http, upgrades, protocols, context, secured, addresses, heartbeatMs: config.heartbeatMs });
}
