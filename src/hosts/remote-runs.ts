import type { CommandContext } from '../registry/index.ts';
import type { HostAct, ToHost } from './messages.ts';
import { decode } from './wire.ts';
import { encodeError } from './wire-error.ts';

/** What heed does for a handler. */
export type HandlerServices = Pick<CommandContext, 'say' | 'ask' | 'confirm' | 'undoLast' | 'contexts'> &
  Pick<CommandContext['state'], 'set'>;

interface RemoteRun {
  services: HandlerServices;
  onBegun: () => void;
  /** Fails the command; absent once the handler has ended. */
  fail?: (error: Error) => void;
}

/** The runs of the handlers of one host, as the gateway sees them: does for each what its handler asks for. */
export class RemoteRuns {
  readonly #tell: (message: ToHost) => void;
  readonly #runs = new Map<number, RemoteRun>();
  #hasBegun = false;

  constructor(tell: (message: ToHost) => void) {
    this.#tell = tell;
  }

  /** Whether any handler has started. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Whether no handler is running. */
  get isIdle(): boolean {
    return [...this.#runs.values()].every(({ fail }) => !fail);
  }

  /**
   * Takes a run that the host is told to begin. `begun` resolves when its handler starts; `failed` rejects when the run
   * fails by an error that nobody caught.
   */
  add(id: number, services: HandlerServices): { begun: Promise<void>; failed: Promise<never> } {
    let onBegun = (): void => undefined;
    let fail = (_error: Error): void => undefined;
    const begun = new Promise<void>((resolve) => {
      onBegun = resolve;
    });
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    failed.catch(() => undefined);
    this.#runs.set(id, { services, onBegun, fail });
    return { begun, failed };
  }

  /** A run was given up before its handler could start. */
  drop(id: number): void {
    this.#runs.delete(id);
  }

  /** The handler has ended; it may still say something. */
  end(id: number): void {
    delete this.#runs.get(id)?.fail;
  }

  /** Fails a run by an error that nobody caught. Returns false if it has ended already. */
  fail(id: number | undefined, error: Error): boolean {
    const fail = id === undefined ? undefined : this.#runs.get(id)?.fail;
    fail?.(error);
    return fail !== undefined;
  }

  /** Does what a handler asks for. */
  act(message: HostAct): void {
    const run = this.#runs.get(message.run);
    if (!run) return;
    const { services } = run;
    try {
      switch (message.type) {
        case 'begun':
          this.#hasBegun = true;
          return run.onBegun();
        case 'say':
          return services.say(message.text);
        case 'set':
          return services.set(message.topic, JSON.parse(message.json));
        case 'enter':
          return services.contexts.enter(message.context);
        case 'leave':
          return services.contexts.leave(message.context);
        case 'over':
          this.#runs.delete(message.run);
          return;
        case 'ask':
          return this.#answer(message.ask, this.#question(services, message));
        case 'confirm':
          return this.#answer(message.ask, services.confirm(message.question));
        case 'undoLast':
          return this.#answer(message.ask, services.undoLast());
      }
    } catch (error) {
      this.fail(message.run, error as Error);
    }
  }

  #question(services: HandlerServices, { question, slot }: Extract<HostAct, { type: 'ask' }>): Promise<unknown> {
    if (slot === undefined) return services.ask(question);
    const made = decode(slot, () => Promise.reject(new Error('A slot has no functions.')));
    return services.ask(question, { slot: made as never });
  }

  #answer(ask: number, answer: Promise<unknown>): void {
    answer.then(
      (value) => this.#tell({ type: 'answer', ask, value }),
      (error: unknown) => this.#tell({ type: 'refuse', ask, error: encodeError(error) }),
    );
  }
}
