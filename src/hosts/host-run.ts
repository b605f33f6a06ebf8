import { AsyncLocalStorage } from 'node:async_hooks';
import { Contexts } from '../registry/contexts.ts';
import type { Ask, CommandContext, CommandInfo } from '../registry/command.ts';
import { HandlerLimits } from '../registry/handler-limits.ts';
import { stateJson } from '../registry/state-json.ts';
import { encode, hasOwnSlot } from './wire.ts';
import { encodeError } from './wire-error.ts';
import type { FromHost, HostAct, RunInput } from './messages.ts';

/** What a run in a host needs of the host. */
export interface HostServices {
  tell: (message: FromHost) => void;
  /** Asks the gateway for something; `ask` is the number of the question. */
  ask: (message: (ask: number) => FromHost) => Promise<unknown>;
  /** The shared values, as JSON. */
  state: Map<string, string>;
  commands: () => readonly CommandInfo[];
}

type Act = HostAct extends infer A ? (A extends HostAct ? Omit<A, 'run'> : never) : never;

/** The run to which whatever happens belongs, for errors that nobody catches. */
export const currentRun = new AsyncLocalStorage<number>();

/** One run of a handler in its host: what the handler does goes to the gateway, where heed decides about it. */
export class HostRun {
  readonly #id: number;
  readonly #input: RunInput;
  readonly #host: HostServices;
  readonly #abort = new AbortController();
  readonly #limits = new HandlerLimits();

  constructor(id: number, input: RunInput, host: HostServices) {
    this.#id = id;
    this.#input = input;
    this.#host = host;
  }

  /** Tells the handler that it is not awaited any longer; nothing that it does has an effect. */
  abort(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** Spends what it costs to do something. Too much stops the run. Returns whether it may be done. */
  spend(what: Parameters<HandlerLimits['spend']>[0], size?: number): boolean {
    if (this.#abort.signal.aborted) return false;
    const error = this.#limits.spend(what, size);
    if (!error) return true;
    this.#host.tell({ type: 'late', run: this.#id, times: 1, error: encodeError(error) });
    this.#abort.abort(error);
    return false;
  }

  /** Returns what the handler works with. */
  context(): CommandContext {
    const { args, phrase, key, session, speaker, active, contexts: known } = this.#input;
    const contexts = new Contexts({ contexts: [...known, ...active] }, active);
    const { ask, state, commands } = this.#host;
    return {
      args,
      phrase,
      key,
      session,
      speaker,
      signal: this.#abort.signal,
      say: (text) => {
        const said = String(text);
        if (this.spend('say', said.length)) this.#act({ type: 'say', text: said });
      },
      ask: ((question: string, options?: { slot: object }) =>
        ask((number) => ({
          type: 'ask',
          run: this.#id,
          ask: number,
          question: String(question),
          slot: options && wiredSlot(options.slot),
        }))) as Ask,
      confirm: async (question) =>
        (await ask((number) => ({ type: 'confirm', run: this.#id, ask: number, question: String(question) }))) === true,
      state: {
        get: <T>(topic: string) => {
          const json = state.get(topic);
          return json === undefined ? undefined : (JSON.parse(json) as T);
        },
        set: (topic, value) => {
          const json = stateJson(topic, value);
          if (!this.spend('state.set', json.length)) return;
          state.set(topic, json);
          this.#act({ type: 'set', topic: String(topic), json });
        },
      },
      contexts: {
        get active() {
          return contexts.active;
        },
        enter: (name) => {
          contexts.enter(name);
          if (this.spend('contexts.enter')) this.#act({ type: 'enter', context: name });
        },
        leave: (name) => {
          contexts.leave(name);
          if (this.spend('contexts.leave')) this.#act({ type: 'leave', context: String(name) });
        },
      },
      undoLast: () =>
        ask((number) => ({ type: 'undoLast', run: this.#id, ask: number })) as ReturnType<CommandContext['undoLast']>,
      get commands() {
        return commands();
      },
    };
  }

  #act(act: Act): void {
    this.#host.tell({ ...act, run: this.#id });
  }
}

function wiredSlot(slot: unknown): unknown {
  const wired = encode(slot, () => {
    throw new Error('A list with values was expected, not one whose values are computed for each session.');
  });
  if (hasOwnSlot(wired))
    throw new Error('A slot of its own was given where heed needs one that its functions make, such as list().');
  return wired;
}
