import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, number, text, type Slot } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';

/** A sentence over a small registry, and the command that it must run: none, if it belongs to no command there. */
export interface SaidCase {
  said: string;
  /** Undefined when nothing may run. */
  command: string | undefined;
  /** What ran, and how. */
  ran: string | undefined;
  via: string | undefined;
  /** The command that is asked about instead. */
  asked: string | undefined;
}

const rooms: Readonly<Record<string, readonly string[]>> = {
  en: ['kitchen', 'bedroom', 'office', 'living room'],
  de: ['Küche', 'Büro', 'Bad', 'Wohnzimmer'],
  fr: ['salon', 'cuisine', 'bureau'],
  es: ['salón', 'cocina', 'baño'],
};

/** Reads the cases of a language from a folder of tests, and runs them. */
export function saidCases(folder: 'free-text' | 'requests', language: string): SaidCase[] {
  const file = join(import.meta.dirname, '../../test/match', folder, `${language}.txt`);
  return readFileSync(file, 'utf8')
    .split(/^\[.*\]$/m)
    .slice(1)
    .flatMap((registry) => {
      const lines = registry.trim().split('\n');
      const matcher = matcherOf(
        lines.filter((line) => !/^[!=]/.test(line)),
        language,
      );
      return lines.flatMap((line): SaidCase[] => {
        const [, command, said] = /^(?:!|= (\S+):) (.*)$/.exec(line) ?? [];
        if (said === undefined) return [];
        const { match, suggestion } = understandText(matcher, said);
        return [{ said, command, ran: match?.command, via: match?.via, asked: suggestion?.command }];
      });
    });
}

function matcherOf(lines: readonly string[], language: string): Matcher {
  const all: Record<string, Slot> = { room: list(rooms[language]!), n: number({ max: 100 }), what: text() };
  const commands = lines.map((line) => {
    const [name, phrase] = line.split(/: (.*)/) as [string, string];
    const slots = Object.entries(all).filter(([slot]) => phrase.includes(`{${slot}}`));
    return { name, phrases: [phrase], slots: Object.fromEntries(slots) };
  });
  const { grammar, problems } = compileGrammar(commands, { language });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return new Matcher(grammar, defaultConfig.match);
}
