import type { Phrases, Slot, SlotValue } from '../grammar/index.ts';
import type { CommandContext, CommandDefinition, CommandResult, Risk } from './command.ts';
import type { SureSlots, UsedSlots } from './template-slots.ts';

type Slots = Readonly<Record<string, Slot>>;
type Rules = Readonly<Record<string, string>>;

/** All templates of a command, whatever their language. */
type Templates<P> = P extends readonly (infer T)[]
  ? T
  : P extends Readonly<Record<string, readonly (infer T)[]>>
    ? T
    : never;

type Used<P, R extends Rules> = Templates<P> extends infer T ? (T extends string ? UsedSlots<T, R> : never) : never;

/** The templates that can be said without filling a slot. */
type Without<Name, P, R extends Rules> =
  Templates<P> extends infer T ? (T extends string ? (Name extends SureSlots<T, R> ? never : T) : never) : never;

/** What a handler gets: a slot that some phrase leaves out may be undefined. */
export type Args<S extends Slots, P, R extends Rules> = {
  readonly [Name in keyof S]: SlotValue<S[Name]> | ([Without<Name, P, R>] extends [never] ? never : undefined);
};

/** Demands every slot that stands in a phrase. */
type MissingSlots<P, S extends Slots, R extends Rules> = [Exclude<Used<P, R>, keyof S>] extends [never]
  ? unknown
  : { slots: Readonly<Record<Exclude<Used<P, R>, keyof S> & string, Slot>> };

/** What `defineCommand` takes; see `CommandDefinition`. */
export interface CommandInput<P extends Phrases, S extends Slots, R extends Rules> {
  /**
   * Templates, in any language or by ISO 639-1 code: `[optional]`, `(a|b)`, `(a;b)` in any order, `{slot}`, `<rule>`.
   */
  phrases: P;
  /** The typed gaps of the phrases, by name. */
  slots?: S;
  /** Named parts of phrases, for `<name>`. */
  rules?: R;
  /** Phrases with what they must give: checked at every load, shown as help. */
  examples?: readonly {
    say: string;
    args?: { readonly [Name in keyof NoInfer<S>]?: SlotValue<S[Name]> };
    language?: string;
  }[];
  /** Phrases that sound like this command and are none. */
  not?: readonly string[];
  /**
   * Contexts, in one of which this can be given: names of letters, digits and hyphens. Default: it can always be given.
   */
  contexts?: readonly string[];
  /** `high` asks before it runs, `medium` asks unless it was understood well, `low` (default) never asks. */
  risk?: Risk;
  /** One sentence for people. */
  description?: string;
  /**
   * Time the handler has, ms; default: the option `dispatch.timeoutMs`. Time in which a question is open does not
   * count.
   */
  timeoutMs?: number;
  /** The question that `risk` makes heed ask; default: whether the phrase was meant. */
  confirm?: string | ((args: Args<NoInfer<S>, NoInfer<P>, NoInfer<R>>) => string);
  /**
   * What to ask when a phrase breaks off before a slot, by its name; default: "Which …?". By ISO 639-1 code where
   * languages differ.
   */
  missing?: { readonly [Name in keyof NoInfer<S>]?: string | { readonly [language: string]: string } };
  /** Shared values by topic, as JSON, that hold until a command sets them. */
  state?: Readonly<Record<string, unknown>>;
  /** Does the work. Throw `CommandError` to tell the speaker what is wrong. */
  run(context: CommandContext<Args<NoInfer<S>, NoInfer<P>, NoInfer<R>>>): CommandResult | Promise<CommandResult>;
}

/**
 * Defines a command; the default export of a file in the commands folder. Changes nothing, infers the type of `args`
 * from `slots` and `phrases`, and refuses a phrase whose slot is missing in `slots`.
 * @example
 * export default defineCommand({
 *   phrases: ['(set|dim) [the] {room} lights to {level}'],
 *   slots: { room: list(['kitchen', 'bedroom']), level: percent() },
 *   run: ({ args }) => ({ say: `${args.room} at ${args.level} percent.` }),
 * });
 */
export function defineCommand<
  const P extends Phrases,
  const S extends Slots = Record<never, never>,
  const R extends Rules = Record<never, never>,
>(definition: CommandInput<P, S, R> & MissingSlots<P, S, R>): CommandDefinition<Args<S, P, R>> {
  return definition;
}
