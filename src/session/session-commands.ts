import { Recent } from '../platform/recent.ts';
import { list, type Slot } from '../grammar/index.ts';
import type { Command, Registry } from '../registry/index.ts';
import { dependsOnContexts, withPhrasesNow } from './phrases-now.ts';
import { RunTimeLists, type ListSources } from './run-time-lists.ts';

/** How many versions of one command are kept, with the values of different sessions. */
const keptVersions = 32;

/** Commands with the values of run-time lists. Sessions with the same values share them, and their compiled form. */
const versions = new WeakMap<Command, Recent<string, Command>>();

/** The commands as one session has them: those of the registry, with its own run-time lists and contexts. */
export class SessionCommands {
  readonly #registry: Pick<Registry, 'commands'>;
  readonly #lists: RunTimeLists;
  readonly #contexts: ListSources['contexts'];
  #from: readonly Command[] | undefined;
  #commands: readonly Command[] = [];
  #key = '';

  /** @param onChange is called when a list has other values than before */
  constructor(registry: Pick<Registry, 'commands'>, sources: ListSources, onChange: () => void) {
    this.#registry = registry;
    this.#contexts = sources.contexts;
    this.#lists = new RunTimeLists(sources, () => {
      this.#fill();
      onChange();
    });
  }

  /** The array is replaced only when something has changed. */
  get commands(): readonly Command[] {
    const { commands } = this.#registry;
    if (commands !== this.#from) {
      this.#from = commands;
      this.#lists.use(commands);
      this.#fill();
    }
    return this.#commands;
  }

  /** Equal for sessions whose commands are the same; empty if they are those of the registry. */
  get key(): string {
    void this.commands;
    return this.#key;
  }

  get(name: string): Command | undefined {
    return this.commands.find((command) => command.name === name);
  }

  contextsChanged(): void {
    this.#lists.contextsChanged();
    this.#fill();
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

  #fill(): void {
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
    this.#commands = keys.length === 0 ? from : filled;
    this.#key = keys.join(' ');
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
