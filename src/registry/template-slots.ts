/**
 * Phrase templates as TypeScript sees them: which slots a literal template uses, and which of them are filled by every
 * way of saying it. A template that is not a literal, such as one that is built at run time, cannot be checked here;
 * the loader checks it instead.
 */

/** The named rules of a command. */
type Rules = Readonly<Record<string, string>>;

/** The slots that are used anywhere in a template, including those of its rules. */
export type UsedSlots<T extends string, R extends Rules = Record<never, never>> = Names<T> | RuleSlots<Rule<T>, R>;

type RuleSlots<N, R extends Rules> = N extends keyof R
  ? string extends R[N]
    ? never
    : Names<R[N]> | RuleSlots<Rule<R[N]>, R>
  : never;

type Names<T extends string, Found = never> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Names<Rest, Found | Trim<Name>>
  : Found;

type Rule<T extends string, Found = never> = T extends `${string}<${infer Name}>${infer Rest}`
  ? Rule<Rest, Found | Trim<Name>>
  : Found;

/**
 * The slots that are filled however a template is said: none inside `[…]`, and of `(a|b)` only those in every option.
 * The types read from left to right with a stack of open brackets: `Every` holds the slots that all finished options
 * share, `Here` those of the current option.
 */
export type SureSlots<T extends string, R extends Rules = Record<never, never>> = string extends T
  ? never
  : Read<T, R, [], undefined, never>;

interface Frame {
  every: unknown;
  here: unknown;
}

/** Plain words are skipped whole, because TypeScript follows only about a thousand steps. */
type Read<
  T extends string,
  R extends Rules,
  Stack extends readonly Frame[],
  Every,
  Here,
> = T extends `${infer Word} ${infer Rest}`
  ? Word extends `${string}${Mark}${string}`
    ? Step<T, R, Stack, Every, Here>
    : Read<Rest, R, Stack, Every, Here>
  : Step<T, R, Stack, Every, Here>;

type Mark = '(' | '[' | ')' | ']' | '|' | '{' | '<';

type Step<
  T extends string,
  R extends Rules,
  Stack extends readonly Frame[],
  Every,
  Here,
> = T extends `${infer Letter}${infer Rest}`
  ? Letter extends '(' | '['
    ? Read<Rest, R, [{ every: Every; here: Here }, ...Stack], undefined, never>
    : Letter extends '|'
      ? Read<Rest, R, Stack, Share<Every, Here>, never>
      : Letter extends ')' | ']'
        ? Stack extends readonly [infer Outer extends Frame, ...infer Below extends readonly Frame[]]
          ? Read<Rest, R, Below, Outer['every'], Outer['here'] | (Letter extends ']' ? never : Share<Every, Here>)>
          : never
        : Letter extends '{'
          ? Rest extends `${infer Name}}${infer After}`
            ? Read<After, R, Stack, Every, Here | Trim<Name>>
            : never
          : Letter extends '<'
            ? Rest extends `${infer Name}>${infer After}`
              ? Read<After, R, Stack, Every, Here | (Trim<Name> extends keyof R ? SureSlots<R[Trim<Name>], R> : never)>
              : never
            : Read<Rest, R, Stack, Every, Here>
  : Share<Every, Here>;

/** The slots that two options have in common; `undefined` stands for the time before the first option. */
type Share<Every, Here> = Every extends undefined ? Here : Extract<Every, Here>;

type Trim<T extends string> = T extends ` ${infer Rest}` ? Trim<Rest> : T extends `${infer Rest} ` ? Trim<Rest> : T;
