import type { Command } from '../registry/index.ts';

/** A sentence of a command file, and what it must be understood as. */
export interface Sentence {
  command: string;
  say: string;
  language: string;
  /** The contexts in which the command can be given. */
  contexts: readonly string[];
  /** False for the phrases of `not`, with which the command must not run. */
  isMeant: boolean;
  /** The arguments that an example must give, if it lists them. */
  args?: Readonly<Record<string, unknown>>;
}

/** Returns the examples and the `not` phrases of all commands; plain lists of phrases are in the language given. */
export function sentencesOf(commands: readonly Command[], language: string): Sentence[] {
  return commands.flatMap(({ name, phrases, examples, not, contexts }) => {
    const first = Array.isArray(phrases) ? language : (Object.keys(phrases)[0] ?? language);
    const about = { command: name, contexts };
    return [
      ...examples.map(({ say, args, language: code = first, contexts: own = [] }) => ({
        ...about,
        contexts: [...contexts, ...own],
        say,
        language: code,
        isMeant: true,
        ...(args === undefined ? {} : { args }),
      })),
      ...not.map((say) => ({ ...about, say, language: first, isMeant: false })),
    ];
  });
}
