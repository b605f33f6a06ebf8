import { firstPhrases, parseTemplate, phrasesFor, templatesFor, type Pattern } from '../grammar/index.ts';
import { codeOrDefault, languageOf } from '../language/index.ts';
import type { Command } from '../registry/index.ts';

/** What a suggestion depends on. */
export interface TryOptions {
  commands: readonly Command[];
  /** ISO 639-1 code or "auto". */
  language: string;
  /** Returns the name of the command as which a typed phrase would be understood. */
  understand: (phrase: string) => string | undefined;
}

/**
 * Returns a phrase to try first, in which a command gets a value if possible: an example of a command or, without any
 * examples, a phrase of a command with the first of all choices. Undefined when nothing can be suggested surely.
 */
export function tryPhrase({ commands, language, understand }: TryOptions): string | undefined {
  const code = codeOrDefault(language);
  const always = commands.filter(({ contexts }) => contexts.length === 0);
  const examples = always
    .flatMap((command) => examplesIn(command, code))
    .filter(({ phrase, command }) => understand(phrase) === command);
  const best = examples.find(({ hasValue }) => hasValue) ?? examples[0];
  if (best) return best.phrase;
  for (const command of always) {
    for (const template of templatesFor(command, code)) {
      const phrase = firstWords(parseTemplate(template), command, code)?.join(' ');
      if (phrase !== undefined && understand(phrase) === command.name) return phrase;
    }
  }
  return undefined;
}

function examplesIn(command: Command, code: string): { phrase: string; command: string; hasValue: boolean }[] {
  if (phrasesFor(command, code).length === 0) return [];
  const first = Array.isArray(command.phrases) ? code : (Object.keys(command.phrases)[0] ?? code);
  return command.examples
    .filter(({ language = first }) => language.startsWith(code))
    .map(({ say, args }) => ({
      phrase: say,
      command: command.name,
      hasValue: Object.keys(args ?? {}).length > 0,
    }));
}

/** Returns the shortest words of a pattern, with the first of all choices; undefined where a value can be anything. */
function firstWords(pattern: Pattern, command: Command, code: string): string[] | undefined {
  switch (pattern.kind) {
    case 'words':
      return [pattern.text];
    case 'optional':
      return [];
    case 'choice':
      return pattern.options[0] && firstWords(pattern.options[0], command, code);
    case 'sequence':
    case 'any-order': {
      const parts = pattern.parts.map((part) => firstWords(part, command, code));
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    case 'slot':
      return firstPhrases(command.slots[pattern.name], languageOf(code), 1)?.map(
        (phrase) => `${pattern.before ?? ''}${phrase}${pattern.after ?? ''}`,
      );
    case 'rule':
    case 'phrases':
    case 'shared':
    case 'any-words':
      return undefined;
  }
}
