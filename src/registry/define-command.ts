import type { PhraseDetails, Phrases, Slot, SlotValue } from '../grammar/index.ts';
import type { CommandContext, CommandDefinition, CommandResult, Risk, Speakers } from './command.ts';
import type { SureSlots, UsedSlots } from './template-slots.ts';

type Slots = Readonly<Record<string, Slot>>;
type Rules = Readonly<Record<string, string>>;

/** All phrases of a command, whatever their language. */
type All<P> = P extends readonly (infer T)[] ? T : P extends Readonly<Record<string, readonly (infer T)[]>> ? T : never;

type Template<T> = T extends { readonly say: infer S } ? S : T;

/** The arguments that saying a phrase gives, by name. */
type Constant<T> =
  | (T extends { readonly args: infer A } ? keyof A : never)
  | (T extends { readonly fill: readonly (infer Name)[] } ? Name : never);

type Used<P, R extends Rules> =
  All<P> extends infer T
    ? T extends unknown
      ? (Template<T> extends infer S extends string ? UsedSlots<S, R> : never) | Constant<T>
      : never
    : never;

/** The phrases that can be said without filling a slot. */
type Without<Name, P, R extends Rules> =
  All<P> extends infer T
    ? T extends unknown
      ? Name extends Constant<T>
        ? never
        : Template<T> extends infer S extends string
          ? Name extends SureSlots<S, R>
            ? never
            : T
          : never
      : never
    : never;

/** Phrases whose own arguments are values of the slots. */
type TypedPhrase<S extends Slots> =
  | string
  | (Omit<PhraseDetails, 'args' | 'fill'> & {
      readonly args?: { readonly [Name in keyof S]?: SlotValue<S[Name]> };
      readonly fill?: readonly (keyof S)[];
    });
type TypedPhrases<S extends Slots> = readonly TypedPhrase<S>[] | Readonly<Record<string, readonly TypedPhrase<S>[]>>;

/** The arguments that a handler gets. The value of a slot that some phrase leaves out may be undefined. */
export type Args<S extends Slots, P, R extends Rules> = {
  readonly [Name in keyof S]: SlotValue<S[Name]> | ([Without<Name, P, R>] extends [never] ? never : undefined);
};

/** Demands a definition for every slot that a phrase uses. */
type MissingSlots<P, S extends Slots, R extends Rules> = [Exclude<Used<P, R>, keyof S>] extends [never]
  ? unknown
  : { slots: Readonly<Record<Exclude<Used<P, R>, keyof S> & string, Slot>> };

/** What `defineCommand` takes; see `CommandDefinition`. */
export interface CommandInput<P extends Phrases, S extends Slots, R extends Rules> {
  /**
   * Templates, one list for every language or lists by ISO 639-1 code: `[optional]`, `(a|b)`, `(a;b)` in any order,
   * `{slot}`, `<rule>`. With `{ say, args }`, saying a template gives these arguments too; `fill` names slots that
   * get the values of contexts, `contexts` and `unless` when it can be said.
   */
  phrases: P & TypedPhrases<NoInfer<S>>;
  /** The typed gaps of the phrases, by name. */
  slots?: S;
  /** Named parts of phrases, for `<name>`. */
  rules?: R;
  /** Phrases with the arguments that they must give: checked at every load, and shown as help. */
  examples?: readonly {
    say: string;
    args?: { readonly [Name in keyof NoInfer<S>]?: SlotValue<S[Name]> };
    language?: string;
    contexts?: readonly string[];
  }[];
  /** Phrases that sound like this command but do not mean it. */
  not?: readonly string[];
  /**
   * Which command runs if several accept the same words equally well: the one with the highest number. Default 0. A
   * phrase with less free text counts first, whatever the priority.
   */
  priority?: number;
  /**
   * Names of contexts, made of letters, digits and hyphens. The command can be given when one of them is active.
   * Default: it can always be given.
   */
  contexts?: readonly string[];
  /**
   * `high` asks before the command runs, and takes a tap or the PIN for an answer; `medium` asks unless the phrase was
   * understood well; `low` (default) never asks.
   */
  risk?: Risk;
  /**
   * Phrases that, for a short while after the command, run it again with other arguments: those that the phrase fills,
   * those of `set`, and numbers moved by `add`. Default: none.
   */
  followUps?: readonly {
    phrases: Phrases;
    set?: { readonly [Name in keyof NoInfer<S>]?: SlotValue<S[Name]> };
    add?: { readonly [Name in keyof NoInfer<S>]?: number };
  }[];
  /**
   * Whether the command may be given for later: with "in ten minutes", "at six" or "tomorrow at nine" at the beginning
   * or the end of its phrases. Not with `risk: 'high'`, nor with `contexts`. Default false.
   */
  delayable?: boolean;
  /** With `risk: 'high'`: whether a yes that is spoken clearly is enough. Default false. */
  confirmBySpeech?: boolean;
  /** With `risk: 'high'`: whether nothing but the PIN of `dispatch.pin` is enough. Default false. */
  pin?: boolean;
  /**
   * Whose voice may give the command: `'known'` for everybody whom heed knows by voice, or some of their names. Then it
   * must be spoken, and so must the answers to its questions. Default: anybody's, and it may be typed.
   */
  speakers?: Speakers;
  /** With `speakers`: how surely it must be one of them, 0–1. Default: one stranger in a hundred passes. */
  speakerScore?: number;
  /** One sentence for people. */
  description?: string;
  /**
   * How long the handler may take, ms. Default: the option `dispatch.timeoutMs`. Time while a question is open does not
   * count.
   */
  timeoutMs?: number;
  /** The question that heed asks because of `risk`. Default: whether the phrase was meant. */
  confirm?: string | ((args: Args<NoInfer<S>, NoInfer<P>, NoInfer<R>>) => string | Promise<string>);
  /**
   * What to ask when a phrase breaks off before a slot, by the slot's name. Default: "Which …?". Give texts by ISO
   * 639-1 code if languages differ.
   */
  missing?: { readonly [Name in keyof NoInfer<S>]?: string | { readonly [language: string]: string } };
  /** Shared values by topic, as JSON, which apply until a command sets them. */
  state?: Readonly<Record<string, unknown>>;
  /** Does the work. Throw `CommandError` to tell the speaker what is wrong. */
  run(context: CommandContext<Args<NoInfer<S>, NoInfer<P>, NoInfer<R>>>): CommandResult | Promise<CommandResult>;
}

/**
 * Defines a command; a file in the commands folder exports it as its default. The definition is returned unchanged. Its
 * purpose is to infer the type of `args` from `slots` and `phrases`, and to refuse a phrase whose slot is missing in
 * `slots`.
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
