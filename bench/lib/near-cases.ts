import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, number, text, type Slot } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';

/** A sentence over a small registry, and the command that it must run: none, if it says the opposite. */
export interface NearCase {
  said: string;
  /** Undefined when nothing may run. */
  command: string | undefined;
  /** What ran, and how. */
  ran: string | undefined;
  via: string | undefined;
  /** Whether it was kept aside while the rules were made. */
  isHeldOut: boolean;
}

const values: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  en: {
    room: ['kitchen', 'bedroom', 'office', 'living room'],
    door: ['front', 'back'],
    feed: ['news', 'sports', 'music'],
    thing: ['box', 'crate', 'pump', 'charger'],
  },
  de: {
    room: ['Küche', 'Büro', 'Bad', 'Wohnzimmer'],
    door: ['Haustür', 'Kellertür'],
    feed: ['Sport', 'Nachrichten'],
    thing: ['Kiste', 'Lampe', 'Kabel'],
  },
  fr: {
    room: ['salon', 'cuisine', 'bureau'],
    feed: ['sport', 'info'],
    thing: ['caisse', 'lampe'],
  },
  es: {
    room: ['salón', 'cocina', 'baño'],
    feed: ['deportes', 'noticias'],
    thing: ['caja', 'lámpara'],
  },
};

/** Reads the cases of a language and runs them. Every second one of each kind is held out. */
export function nearCases(language: string): NearCase[] {
  const dir = join(import.meta.dirname, '../../test/match/near-cases');
  const written = readFileSync(join(dir, `${language}.txt`), 'utf8');
  const seen = { opposite: 0, typo: 0 };
  return written
    .split(/^\[.*\]$/m)
    .slice(1)
    .flatMap((registry) => {
      const lines = registry.trim().split('\n');
      const matcher = matcherOf(
        lines.filter((line) => !/^[!~]/.test(line)),
        language,
      );
      return lines.flatMap((line): NearCase[] => {
        const [, kind, command, said] = /^([!~]) (?:(\S+): )?(.*)$/.exec(line) ?? [];
        if (said === undefined) return [];
        const { match } = understandText(matcher, said);
        const isHeldOut = seen[kind === '!' ? 'opposite' : 'typo']++ % 2 === 1;
        return [{ said, command, ran: match?.command, via: match?.via, isHeldOut }];
      });
    });
}

function matcherOf(lines: readonly string[], language: string): Matcher {
  const lists = Object.entries(values[language]!).map(([name, all]): [string, Slot] => [name, list(all)]);
  const all: Record<string, Slot> = { ...Object.fromEntries(lists), n: number({ max: 100 }), what: text() };
  const commands = lines.map((line) => {
    const [name, phrase] = line.split(/: (.*)/) as [string, string];
    const slots = Object.entries(all).filter(([slot]) => phrase.includes(`{${slot}}`));
    return { name, phrases: [phrase], slots: Object.fromEntries(slots) };
  });
  const { grammar, problems } = compileGrammar(commands, { language });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return new Matcher(grammar, defaultConfig.match);
}
