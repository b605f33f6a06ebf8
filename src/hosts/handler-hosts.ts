import type { Config } from '../config/index.ts';
import type { Log } from '../log.ts';
import type { ChildModule } from '../platform/child-module.ts';
import { Recent } from '../platform/recent.ts';
import {
  CommandError,
  HandlerStopped,
  localImporter,
  type Command,
  type CommandContext,
  type CommandResult,
  type Imported,
  type Importer,
  type LateError,
} from '../registry/index.ts';
import { authorModule } from './author-module.ts';
import { HostKeeper, silentMs } from './host-keeper.ts';
import type { HostProcess } from './host-process.ts';
import { resultSchema, type RunInput } from './messages.ts';
import { monotonicMs } from './monotonic.ts';
import type { HandlerServices } from './remote-runs.ts';
import { later, Trial } from './trial.ts';
import { decode, hasOwnSlot } from './wire.ts';

/** What the hosts need to know of heed. */
export interface HandlerHostsOptions {
  config: Pick<Config['commands'], 'loadTimeoutMs' | 'memoryMb'>;
  log: Log;
  /** The shared values by topic. */
  state: () => Iterable<[topic: string, value: unknown]>;
  /** All commands; another array when something has changed. */
  commands: () => readonly Command[];
  /** All contexts that commands name. */
  contexts: () => readonly string[];
  /** Takes an error of a command file that nobody caught, after it was loaded. */
  onLate: (late: LateError) => void;
  module?: ChildModule;
}

/** How long a small function of a definition may take, such as one that words a question, ms. */
const callMs = 2_000;

/** Time that a host has to answer after a handler was stopped, before it is ended, ms. */
const graceMs = 250;

/** Time that the news of a handler's start may take, ms. */
const marginMs = 200;

/** For how many situations what can be said is kept in a host, as the host does. */
const maxCommands = 32;

/**
 * Imports command files and runs their handlers in a process of its own, so that nothing that they do ends or delays
 * heed. If that process ends, its commands fail and another one takes its place.
 */
export class HandlerHosts implements Importer {
  readonly authorModule = authorModule;
  readonly #options: HandlerHostsOptions;
  readonly #keeper: HostKeeper;
  readonly #trial: Trial;
  readonly #kept = new Map<string, readonly string[]>();
  readonly #known = new WeakMap<HostProcess, Recent<string, true>>();
  /** The host whose handler is just setting a value. */
  #origin: HostProcess | undefined;
  #commands: readonly Command[] = [];
  #version = 0;

  constructor(options: HandlerHostsOptions) {
    this.#options = options;
    this.#keeper = new HostKeeper({ ...options, onReady: (host) => this.#prepare(host) });
    this.#trial = new Trial({
      ...options.config,
      keeper: this.#keeper,
      definitionOf: (url, wired) => this.#definition(url, wired),
    });
  }

  async importAll(urls: readonly string[]): Promise<Map<string, Imported>> {
    const imported = new Map<string, Imported>();
    if (urls.length === 0) return imported;
    const trial = await this.#trial.importAll(urls, imported);
    const { current } = this.#keeper;
    if (!current) this.#keeper.use(trial);
    else {
      void trial.close();
      for (const [url, result] of imported)
        if (!('error' in result)) await current.import(url, this.#options.config.loadTimeoutMs).catch(later);
    }
    return imported;
  }

  keep(dir: string, urls: readonly string[]): void {
    const before = this.#kept.get(dir) ?? [];
    this.#kept.set(dir, urls);
    for (const url of before) if (!urls.includes(url)) for (const host of this.#keeper.hosts) host.forget(url);
  }

  /** Passes a shared value on to the hosts, except for the one that it comes from. */
  setState(topic: string, value: unknown): void {
    const json = JSON.stringify(value);
    for (const host of this.#keeper.hosts) if (host !== this.#origin) host.tell({ type: 'state', topic, json });
  }

  /** Ends the processes. Idempotent. */
  close(): Promise<void> {
    return this.#keeper.close();
  }

  /**
   * Makes a definition whose functions run in the host. Only its own slots come from this process, into which the file
   * is imported after it did no harm in another one: heed asks a slot about words while somebody speaks, and cannot
   * wait for another process then.
   */
  async #definition(url: string, wired: unknown): Promise<Imported> {
    let original: unknown;
    if (hasOwnSlot(wired)) {
      const imported = (await localImporter(this.#options.config.loadTimeoutMs).importAll([url])).get(url)!;
      if ('error' in imported) return imported;
      original = imported.value;
    }
    const value = decode(wired, (call, args) => this.#call(url, call, args), original);
    if (typeof value !== 'object' || value === null || !('run' in value)) return { value };
    return { value: { ...value, run: (context: CommandContext) => this.#run(url, context) } };
  }

  /** A new host gets everything that the last one had. */
  #prepare(host: HostProcess): void {
    for (const [topic, value] of this.#options.state())
      host.tell({ type: 'state', topic, json: JSON.stringify(value) });
    for (const url of [...this.#kept.values()].flat())
      host.import(url, this.#options.config.loadTimeoutMs).catch(later);
  }

  async #run(url: string, context: CommandContext): Promise<CommandResult> {
    const { signal } = context;
    const host = await this.#ready(url);
    signal.throwIfAborted();
    const startBy = monotonicMs() + silentMs;
    const request = { type: 'run', url, input: this.#inputFor(host, context), startBy } as const;
    const { id, replied } = host.ask(request, signal);
    const { begun, failed } = host.runs.add(id, this.#servicesFor(host, context));
    const ended = Promise.race([replied, failed]);
    try {
      if (await isLate([begun, ended], silentMs + marginMs)) {
        host.forgo(id);
        this.#keeper.leave(host);
        return await this.#run(url, context);
      }
      const { say, undo } = resultSchema.parse(await ended);
      return {
        ...(say === undefined ? {} : { say }),
        ...(undo === undefined ? {} : { undo: (options) => takeBack(host, undo, options.signal) }),
      };
    } finally {
      host.runs.end(id);
      if (signal.aborted) await this.#check(host);
      this.#keeper.release(host);
    }
  }

  async #call(url: string, call: number, args: readonly unknown[]): Promise<unknown> {
    const host = await this.#ready(url);
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort(new HandlerStopped('timeout', `A function of the command took longer than ${callMs / 1000} s.`));
      void this.#check(host);
    }, callMs);
    try {
      return await host.ask({ type: 'call', url, call, args }, abort.signal).replied;
    } finally {
      clearTimeout(timer);
    }
  }

  async #ready(url: string): Promise<HostProcess> {
    const host = await this.#keeper.ready();
    await host.import(url, this.#options.config.loadTimeoutMs);
    return host;
  }

  /** Ends a host whose handler goes on computing although it was stopped. */
  async #check(host: HostProcess): Promise<void> {
    if (!(await host.answers(graceMs))) host.kill('a handler went on computing after its time was over');
  }

  /** What a handler sets must not come back to its host, which may know a newer value by then. */
  #servicesFor(host: HostProcess, { say, ask, confirm, undoLast, contexts, state }: CommandContext): HandlerServices {
    const set: CommandContext['state']['set'] = (topic, value) => {
      this.#origin = host;
      try {
        state.set(topic, value);
      } finally {
        this.#origin = undefined;
      }
    };
    return { say, ask, confirm, undoLast, contexts, set };
  }

  #inputFor(host: HostProcess, context: CommandContext): RunInput {
    const { args, phrase, key, session, speaker } = context;
    const { active } = context.contexts;
    const commands = this.#options.commands();
    if (commands !== this.#commands) this.#version++;
    this.#commands = commands;
    const name = JSON.stringify([this.#version, session.language, active]);
    const known = this.#known.get(host) ?? new Recent<string, true>(maxCommands);
    this.#known.set(host, known);
    const isKnown = known.get(name) !== undefined;
    known.set(name, true);
    return {
      args,
      phrase,
      key,
      session,
      speaker,
      active,
      contexts: this.#options.contexts(),
      commands: { name, ...(isKnown ? {} : { list: context.commands }) },
    };
  }
}

async function takeBack(host: HostProcess, undo: number, signal: AbortSignal): Promise<unknown> {
  if (host.hasEnded)
    throw new CommandError('This cannot be taken back any more, because the process that did it has ended.');
  return host.ask({ type: 'undo', undo }, signal).replied;
}

/** Resolves to whether nothing has happened within a time, ms. What fails has happened too. */
async function isLate(happenings: readonly Promise<unknown>[], ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<true>((resolve) => {
    // What has arrived meanwhile is read first.
    timer = setTimeout(() => setImmediate(() => resolve(true)), ms);
  });
  const happened = happenings.map((happening) => happening.then(isNot, isNot));
  return Promise.race([late, ...happened]).finally(() => clearTimeout(timer));
}

const isNot = (): false => false;
