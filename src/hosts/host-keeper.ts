import type { Config } from '../config/index.ts';
import type { Log } from '../log.ts';
import { childModule, type ChildModule } from '../platform/child-module.ts';
import { HandlerStopped, readableStack, type LateError } from '../registry/index.ts';
import { HostProcess } from './host-process.ts';

/** What a keeper needs. */
export interface HostKeeperOptions {
  config: Pick<Config['commands'], 'memoryMb'>;
  log: Log;
  /** Takes an error of a command file that nobody caught, after it was loaded. */
  onLate: (late: LateError) => void;
  /** Prepares a host for all commands, once it is ready. */
  onReady: (host: HostProcess) => void;
  module?: ChildModule;
}

const firstBackoffMs = 250;
const maxBackoffMs = 30_000;

/**
 * When another process is started that waits for its work, ms after the last one was taken: so that one is there at
 * once when a host ends or a file is reloaded, and none is started in a program that runs one command and ends.
 */
const spareAfterMs = 2_000;

/** How long a host may be silent before commands are given to another one, ms. */
export const silentMs = 500;

/** How many hosts are tried for one command. If none of them answers, the next ones will not either. */
const maxTried = 10;

/** Keeps one host for all commands, and replaces it when it ends or does not answer. */
export class HostKeeper {
  readonly #options: HostKeeperOptions;
  readonly #hosts = new Set<HostProcess>();
  #current: HostProcess | undefined;
  #spare: HostProcess | undefined;
  #spareTimer: NodeJS.Timeout | undefined;
  #failures = 0;
  #wait: NodeJS.Timeout | undefined;
  #state: 'open' | 'closed' = 'open';

  constructor(options: HostKeeperOptions) {
    this.#options = options;
  }

  /** Every host that is alive, those included that finish what they have begun. */
  get hosts(): Iterable<HostProcess> {
    return this.#hosts;
  }

  /** The host for all commands, if one has been started. */
  get current(): HostProcess | undefined {
    return this.#current;
  }

  /** Returns a process that runs no commands until it is given to `use`. */
  take(): HostProcess {
    const spare = this.#spare;
    this.#spare = undefined;
    clearTimeout(this.#spareTimer);
    this.#spareTimer = setTimeout(() => {
      if (this.#state === 'open') this.#spare = this.#start();
    }, spareAfterMs).unref();
    return spare && !spare.hasEnded ? spare : this.#start();
  }

  /** All commands run in this host from now on. */
  use(host: HostProcess): void {
    clearTimeout(this.#wait);
    this.#current = host;
    host.ready.then(
      () => this.#options.onReady(host),
      () => undefined,
    );
    // It may have ended while it was prepared.
    if (host.hasEnded) this.#replace(host);
  }

  /**
   * Resolves with the host for the next command. One that does not answer is left to finish what it has begun, and
   * another one takes its place. Rejects with `worker-lost` when there is none.
   */
  async ready(): Promise<HostProcess> {
    for (let tried = 0; tried < maxTried; tried++) {
      const host = this.#current;
      if (!host)
        throw new HandlerStopped(
          'worker-lost',
          `The process that runs the commands has ended ${this.#failures} times in a row; it is started again soon.`,
        );
      await host.ready;
      if (await host.answers(silentMs)) return host;
      this.leave(host);
    }
    throw new HandlerStopped('worker-lost', `None of ${maxTried} processes for the commands has answered in time.`);
  }

  /** Gives the next commands to another host, because this one does not answer. */
  leave(host: HostProcess): void {
    if (this.#current !== host) return;
    this.#retire(host, `it has not answered for ${silentMs} ms, because a handler computes`);
  }

  /** A handler in this host has ended. A host that was replaced ends with its last handler. */
  release(host: HostProcess): void {
    if (host !== this.#current && host.runs.isIdle) host.kill('it was replaced, because it did not answer');
  }

  /** Ends every host. Idempotent. */
  async close(): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#wait);
    clearTimeout(this.#spareTimer);
    await Promise.all([...this.#hosts].map((host) => host.close()));
  }

  #start(): HostProcess {
    const { config, log, onLate, module = childModule('./host-main', import.meta.url) } = this.#options;
    const host: HostProcess = new HostProcess({
      module,
      memoryMb: config.memoryMb,
      onError: ({ error, times, url }) => {
        const count = times > 1 ? ` (${times} times so far)` : '';
        log(`An error that no command has caught${count}: ${readableStack(error)}`, { level: 'error' });
        if (url !== undefined) onLate({ error, times, url });
      },
      onFull: (megabytes) => {
        if (this.#current === host) this.#retire(host, `it takes ${megabytes} MB (commands.memoryMb)`);
      },
      onExit: () => {
        this.#hosts.delete(host);
        if (this.#current === host) this.#replace(host);
      },
    });
    this.#hosts.add(host);
    return host;
  }

  #retire(host: HostProcess, why: string): void {
    this.#options.log(
      `The process that runs the commands is replaced: ${why}. It ends when the commands have ended that it has begun.`,
    );
    if (this.#state === 'open') this.use(this.take());
    this.release(host);
  }

  #replace(host: HostProcess): void {
    this.#current = undefined;
    if (this.#state === 'closed') return;
    // One that ran a command ended because of that. If it ends before, the next one may do so too.
    this.#failures = host.runs.hasBegun ? 1 : this.#failures + 1;
    const waitMs = this.#failures === 1 ? 0 : Math.min(maxBackoffMs, firstBackoffMs * 2 ** (this.#failures - 2));
    void host.exited.then((how) =>
      this.#options.log(
        `${how} (process ${host.pid}) ${waitMs === 0 ? 'It is replaced.' : `Next try in ${waitMs} ms.`}`,
      ),
    );
    if (waitMs === 0) this.use(this.take());
    else this.#wait = setTimeout(() => this.use(this.take()), waitMs).unref();
  }
}
