import {
  beginsFreely,
  compileGrammar,
  findPrefixes,
  findSwallowed,
  tokenize,
  type Grammar,
  type GrammarCommand,
} from '../grammar/index.ts';
import { adviceOn, type Advice } from './advice.ts';
import { findSoundAlikes } from './sound-alikes.ts';
import { findUnspeakable } from './unspeakable.ts';

/** What advice depends on beside the commands. */
export interface LintOptions {
  /** The ISO 639-1 code of the language of plain lists of phrases. */
  language: string;
  /** The silence that ends a whole command which nothing can extend, and the silence that ends any other, ms. */
  waitMs: { closed: number; normal: number };
}

/** Returns advice on commands, in every language that they have phrases for; the same advice comes once. */
export function lintCommands(commands: readonly GrammarCommand[], { language, waitMs }: LintOptions): Advice[] {
  const codes = new Set([
    language,
    ...commands.flatMap(({ phrases }) => (isPlain(phrases) ? [] : Object.keys(phrases))),
  ]);
  const told = new Map<string, Advice>();
  for (const code of codes) {
    const meant = code === language ? commands : commands.filter(({ phrases }) => !isPlain(phrases));
    for (const advice of lintLanguage(meant, code, waitMs)) {
      const key = `${advice.command}\0${advice.message}`;
      if (!told.has(key)) told.set(key, advice);
    }
  }
  return [...told.values()];
}

function isPlain(phrases: GrammarCommand['phrases']): phrases is readonly string[] {
  return Array.isArray(phrases);
}

function lintLanguage(commands: readonly GrammarCommand[], code: string, waitMs: LintOptions['waitMs']): Advice[] {
  const { grammar } = compileGrammar(commands, { language: code });
  return [
    ...invented(grammar),
    ...free(grammar),
    ...swallowed(grammar),
    ...waits(grammar, waitMs),
    ...alike(commands, code),
    ...commands.flatMap((command) => findUnspeakable(command, code)),
  ];
}

function waits(grammar: Grammar, { closed, normal }: LintOptions['waitMs']): Advice[] {
  return findPrefixes(grammar).map(({ first, firstPhrase, second, secondPhrase }) =>
    adviceOn(
      first,
      'waits',
      `"${firstPhrase}" is the beginning of "${secondPhrase}" (${second.name}), so after it heed waits ` +
        `${normal} ms for more instead of ${closed} ms.`,
      'Give one of them another beginning, if the delay matters.',
    ),
  );
}

function swallowed(grammar: Grammar): Advice[] {
  return findSwallowed(grammar).map(({ first, firstPhrase, second, secondPhrase }) =>
    adviceOn(
      second,
      'swallowed',
      `"${secondPhrase}" takes what was meant as "${firstPhrase}" (${first.name}) as soon as one word of that is ` +
        'misheard.',
      `Put a word of its own in front of the free text, and list such phrases in "not" of ${second.name}.`,
    ),
  );
}

function free(grammar: Grammar): Advice[] {
  return beginsFreely(grammar).map(({ command, phrase }) =>
    adviceOn(
      command,
      'begins-freely',
      `"${phrase}" begins with free text, so any sentence that ends like this runs the command.`,
      'Let the phrase begin with a word of its own.',
    ),
  );
}

function invented(grammar: Grammar): Advice[] {
  return grammar.language.captions.flatMap((caption) => {
    const owners = grammar
      .walk(tokenize(caption))
      .parses.filter(({ rank }) => rank.slots === 0)
      .map(({ command }) => command);
    return [...new Set(owners)].map((command) =>
      adviceOn(
        command,
        'invented',
        `"${caption}" is what the recogniser writes when nobody speaks, so noise may run the command.`,
        'Add a word to the phrase.',
      ),
    );
  });
}

function alike(commands: readonly GrammarCommand[], code: string): Advice[] {
  return findSoundAlikes(commands, code).map(({ first, second, of, command }) =>
    adviceOn(
      command,
      'sounds-alike',
      `"${first}" and "${second}" (${of}) sound alike: heed will ask the speaker, or take the likelier one.`,
      'Give one of them other words.',
    ),
  );
}
