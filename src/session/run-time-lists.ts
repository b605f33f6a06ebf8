import { isDeepStrictEqual } from 'node:util';
import { inTime } from '../dispatch/index.ts';
import type { ListSituation, Slot } from '../grammar/index.ts';
import type { Log } from '../log.ts';
import type { Command } from '../registry/index.ts';

/** What lists are computed from. */
export interface ListSources {
  session: ListSituation['session'];
  /** The contexts of the session. */
  contexts: ListSituation['contexts'];
  state: {
    get: (topic: string) => unknown;
    /** Calls the listener with each topic that is set; returns the function that ends this. */
    watch: (listener: (topic: string) => void) => () => void;
  };
  log: Log;
  /** How long one function may take, ms; default 2,000. */
  timeoutMs?: number;
  /** When one that failed is asked again, ms; default 10,000. */
  retryMs?: number;
}

/** One list of one command: what is known of it now. */
interface Known {
  command: Command;
  name: string;
  runTime: NonNullable<Slot['runTime']>;
  values: unknown;
  /** Undefined until the values have been computed, and when that failed. */
  slot: Slot | undefined;
  topics: Set<string>;
  state: 'idle' | 'computing' | 'outdated';
}

/** What was last told about a failure, whatever session it was in. */
const told = new WeakMap<Known['runTime'], string>();

/** The lists of commands that one session computes, and computes again when what they are made of has changed. */
export class RunTimeLists {
  readonly #sources: ListSources;
  readonly #onChange: () => Promise<void>;
  readonly #stopWatching: () => void;
  readonly #computing = new Set<Promise<void>>();
  #known: Known[] = [];
  #retry: NodeJS.Timeout | undefined;
  #state: 'open' | 'closed' = 'open';

  /** @param onChange is called when a list has other values than before; it is being computed until that resolves */
  constructor(sources: ListSources, onChange: () => Promise<void>) {
    this.#sources = sources;
    this.#onChange = onChange;
    this.#stopWatching = sources.state.watch((topic) => this.#again(({ topics }) => topics.has(topic)));
  }

  /** Takes the commands that there are from now on; new ones have no values until they are computed. */
  use(commands: readonly Command[]): void {
    const before = this.#known;
    this.#known = commands.flatMap((command) =>
      Object.entries(command.slots).flatMap(([name, { runTime }]): Known[] => {
        if (!runTime) return [];
        const same = before.find((known) => known.command === command && known.name === name);
        const fresh = { command, name, runTime, values: undefined, slot: undefined };
        return [same ?? { ...fresh, topics: new Set(), state: 'idle' }];
      }),
    );
    for (const known of this.#known) if (!before.includes(known)) this.#compute(known);
  }

  /** Returns the slots of a command that have values here; undefined for one without run-time lists. */
  slotsOf(command: Command): Map<string, Slot | undefined> | undefined {
    const own = this.#known.filter((known) => known.command === command);
    return own.length === 0 ? undefined : new Map(own.map(({ name, slot }) => [name, slot]));
  }

  /** The contexts of the session have changed. */
  contextsChanged(): void {
    this.#again(() => true);
  }

  /** Whether a list is being computed. */
  get isComputing(): boolean {
    return this.#computing.size > 0;
  }

  /** Resolves when all lists have been computed, or could not be in time. */
  async settled(): Promise<void> {
    while (this.isComputing) await Promise.all(this.#computing);
  }

  /** Idempotent. */
  close(): void {
    this.#state = 'closed';
    this.#stopWatching();
    clearTimeout(this.#retry);
    this.#known = [];
  }

  #again(isMeant: (known: Known) => boolean): void {
    for (const known of this.#known.filter(isMeant)) {
      if (known.state === 'idle') this.#compute(known);
      else known.state = 'outdated';
    }
  }

  #compute(known: Known): void {
    known.state = 'computing';
    const computing: Promise<void> = this.#update(known).finally(() => {
      this.#computing.delete(computing);
      const isOutdated = known.state === 'outdated';
      known.state = 'idle';
      if (isOutdated && this.#isUsed(known)) this.#compute(known);
    });
    this.#computing.add(computing);
  }

  async #update(known: Known): Promise<void> {
    const before = known.values;
    try {
      known.values = await this.#ask(known);
      known.slot =
        isDeepStrictEqual(known.values, before) && known.slot ? known.slot : known.runTime.fill(known.values);
      told.delete(known.runTime);
    } catch (error) {
      known.values = undefined;
      known.slot = undefined;
      this.#fail(known, error);
    }
    if (this.#isUsed(known) && !isDeepStrictEqual(known.values, before)) await this.#onChange();
  }

  async #ask({ runTime, topics }: Known): Promise<unknown> {
    const { session, contexts, state, timeoutMs = 2_000 } = this.#sources;
    topics.clear();
    const get = <T>(topic: string): T | undefined => {
      topics.add(topic);
      return state.get(topic) as T | undefined;
    };
    const late = new Error(`it took longer than ${timeoutMs / 1000} s`);
    return inTime(timeoutMs, late, async () =>
      runTime.compute({ session, contexts: { active: contexts.active }, state: { get } }),
    );
  }

  /** Without values nothing runs by mistake; old ones may belong to somebody else. The same failure is told once. */
  #fail(known: Known, error: unknown): void {
    if (!this.#isUsed(known)) return;
    const { log, retryMs = 10_000 } = this.#sources;
    const { command, name, runTime } = known;
    const reason = error instanceof Error ? error.message : String(error);
    if (reason !== told.get(runTime))
      log(`The values of {${name}} in ${command.name} could not be computed, so it has none: ${reason}`, {
        level: 'warn',
        command: command.name,
        ...(command.file === undefined ? {} : { file: command.file }),
      });
    told.set(runTime, reason);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#again(({ slot }) => slot === undefined), retryMs).unref();
  }

  #isUsed(known: Known): boolean {
    return this.#state === 'open' && this.#known.includes(known);
  }
}
