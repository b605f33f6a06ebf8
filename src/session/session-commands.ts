import { setImmediate } from 'node:timers/promises';
import { Recent } from '../platform/recent.ts';
import { list, type Slot } from '../grammar/index.ts';
import type { Command, Registry } from '../registry/index.ts';
import { dependsOnContexts, withPhrasesNow } from './phrases-now.ts';
import { RunTimeLists, type ListSources } from './run-time-lists.ts';

/** How many versions of one command are kept, with the values of different sessions. */
const keptVersions = 32;

/** Commands with the values of run-time lists. Sessions with the same values share them, and their compiled form. */
const versions = new WeakMap<Command, Recent<string, Command>>();

/** The commands as one session has them at a time; `key` is equal where they are the same. */
export interface OwnCommands {
  readonly commands: readonly Command[];
  readonly key: string;
}

/** The commands as one session has them: those of the registry, with its own run-time lists and contexts. */
export class SessionCommands implements OwnCommands {
  readonly #registry: Pick<Registry, 'commands'>;
  readonly #lists: RunTimeLists;
  readonly #contexts: ListSources['contexts'];
  readonly #prepare: (own: OwnCommands) => Promise<void>;
  #from: readonly Command[] | undefined;
  #now: OwnCommands = { commands: [], key: '' };
  #renewing: Promise<void> | undefined;

  /** @param prepare compiles commands with other values than before; until it resolves, the old values count */
  constructor(
    registry: Pick<Registry, 'commands'>,
    sources: ListSources,
    prepare: (own: OwnCommands) => Promise<void>,
  ) {
    this.#registry = registry;
    this.#contexts = sources.contexts;
    this.#prepare = prepare;
    this.#lists = new RunTimeLists(sources, () => (this.#renewing ??= this.#renew()));
  }

  /** The array is replaced only when something has changed. */
  get commands(): readonly Command[] {
    const { commands } = this.#registry;
    if (commands !== this.#from) {
      this.#from = commands;
      this.#lists.use(commands);
      this.#now = this.#filled();
    }
    return this.#now.commands;
  }

  /** Equal for sessions whose commands are the same; empty if they are those of the registry. */
  get key(): string {
    void this.commands;
    return this.#now.key;
  }

  get(name: string): Command | undefined {
    return this.commands.find((command) => command.name === name);
  }

  contextsChanged(): void {
    this.#lists.contextsChanged();
    this.#now = this.#filled();
  }

  /** Whether lists are being computed that may have other values than those that count now. */
  get isComputing(): boolean {
    void this.commands;
    return this.#lists.isComputing;
  }

  /** Resolves when the lists have the values that belong to what has been set so far. */
  settled(): Promise<void> {
    void this.commands;
    return this.#lists.settled();
  }

  close(): void {
    this.#lists.close();
  }

  /** Takes the values that lists have now, once they are compiled. Many lists that change at once are one change. */
  async #renew(): Promise<void> {
    try {
      let next: OwnCommands;
      do {
        await setImmediate();
        next = this.#filled();
        await this.#prepare(next);
      } while (this.#filled().key !== next.key);
    } finally {
      this.#renewing = undefined;
      this.#now = this.#filled();
    }
  }

  #filled(): OwnCommands {
    const keys: string[] = [];
    const from = this.#from ?? [];
    const filled = from.map((command) => {
      const slots = this.#lists.slotsOf(command);
      const active = dependsOnContexts(command) ? this.#contexts.active : undefined;
      if (!slots && !active) return command;
      const version = versionOf(command, slots ?? new Map<string, undefined>(), active);
      keys.push(version.key);
      return version.command;
    });
    return { commands: keys.length === 0 ? from : filled, key: keys.join(' ') };
  }
}

/** Phrases that need a list without values cannot be said. */
const none = list([]);

function versionOf(
  command: Command,
  slots: Map<string, Slot | undefined>,
  active: readonly string[] | undefined,
): { key: string; command: Command } {
  const known = versions.get(command) ?? new Recent<string, Command>(keptVersions);
  versions.set(command, known);
  const filled = Object.fromEntries([...slots].map(([name, slot]) => [name, slot ?? none]));
  const key = JSON.stringify([command.name, Object.values(filled).map((slot) => slot.key), active]);
  let version = known.get(key);
  if (!version) {
    const own = { ...command, slots: { ...command.slots, ...filled } };
    version = active ? withPhrasesNow(own, active) : own;
    known.set(key, version);
  }
  return { key, command: version };
}
