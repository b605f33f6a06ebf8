import { HeedError, quoted } from '../errors.ts';
import { contextName, isActive, withLastValues } from '../grammar/context-names.ts';
import type { Command, CommandContexts } from './command.ts';

/** Whether a command can be given while these contexts are active. */
export function canBeGiven({ contexts }: Pick<Command, 'contexts'>, active: readonly string[]): boolean {
  return contexts.length === 0 || contexts.some((context) => isActive(context, active));
}

/** The part of a registry that knows the contexts which commands name. */
interface KnownContexts {
  readonly contexts: readonly string[];
}

/** The contexts that are active in one session; none at first. */
export class Contexts implements CommandContexts {
  readonly #registry: KnownContexts;
  #active: readonly string[] = [];
  #onChange: (() => void) | undefined;

  /** @throws HeedError `not-found` when no command names one of them */
  constructor(registry: KnownContexts, names: readonly string[] = []) {
    this.#registry = registry;
    this.set(names);
  }

  get active(): readonly string[] {
    return this.#active;
  }

  /** Calls a function, instead of the one before, whenever contexts become active or end. */
  watch(onChange: () => void): void {
    this.#onChange = onChange;
  }

  /**
   * Makes exactly these contexts active.
   * @throws HeedError `not-found`, with the names that no command knows; nothing changes then
   */
  set(names: readonly string[]): void {
    this.#check(names);
    this.#change(names);
  }

  enter(name: string): void {
    this.#check([name]);
    this.#change([...this.#active, name]);
  }

  leave(name: string): void {
    this.#change(this.#active.filter((active) => !isActive(name, [active])));
  }

  #change(names: readonly string[]): void {
    const before = this.#active;
    this.#active = withLastValues(names);
    if (before.join() !== this.#active.join()) this.#onChange?.();
  }

  #check(names: readonly string[]): void {
    const { contexts } = this.#registry;
    const unknown = names.filter((name) => !contexts.includes(contextName(name)));
    if (unknown.length === 0) return;
    const known = contexts.length === 0 ? 'none of them names any' : `they name ${quoted(contexts)}`;
    throw new HeedError('not-found', `No command names the context ${quoted(unknown)}; ${known}.`);
  }
}
