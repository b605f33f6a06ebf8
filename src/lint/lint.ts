import {
  beginsFreely,
  findPrefixes,
  findSwallowed,
  tokenize,
  type Grammar,
  type GrammarCommand,
} from '../grammar/index.ts';
import { withoutRepeats, type CompiledLanguage } from '../registry/index.ts';
import { adviceOn, type Advice } from './advice.ts';
import { findSoundAlikes } from './sound-alikes.ts';
import { findUnspeakable } from './unspeakable.ts';

/** The silence that ends a whole command which nothing can extend, and the silence that ends any other, ms. */
export interface Waits {
  closed: number;
  normal: number;
}

/** Returns advice on commands, in every language that they have phrases for; the same advice comes once. */
export function lintCommands(languages: readonly CompiledLanguage[], waitMs: Waits): Advice[] {
  return withoutRepeats(languages.flatMap((language) => lintLanguage(language, waitMs)));
}

function lintLanguage({ grammar, commands, code }: CompiledLanguage, waitMs: Waits): Advice[] {
  return [
    ...invented(grammar),
    ...free(grammar),
    ...swallowed(grammar),
    ...waits(grammar, waitMs),
    ...alike(commands, code),
    ...commands.flatMap((command) => findUnspeakable(command, code)),
  ];
}

function waits(grammar: Grammar, { closed, normal }: Waits): Advice[] {
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
