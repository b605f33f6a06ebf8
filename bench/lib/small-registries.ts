import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, number, text, type Slot } from '../../src/grammar/index.ts';
import { Matcher } from '../../src/match/index.ts';

/** A line of a file of cases, and the matcher of the registry that it stands behind. */
export interface CaseLine {
  line: string;
  matcher: Matcher;
}

/** The rooms of each language, which most registries know. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  en: ['kitchen', 'bedroom', 'office', 'living room'],
  de: ['Küche', 'Büro', 'Bad', 'Wohnzimmer'],
  fr: ['salon', 'cuisine', 'bureau'],
  es: ['salón', 'cocina', 'baño'],
  it: ['cucina', 'bagno', 'salotto'],
  nl: ['keuken', 'badkamer', 'woonkamer'],
  pt: ['cozinha', 'quarto', 'sala'],
  pl: ['kuchni', 'łazience', 'salonie'],
  sv: ['köket', 'badrummet', 'vardagsrummet'],
  zh: ['厨房', '卧室', '客厅'],
  ja: ['キッチン', '寝室', '浴室'],
};

/**
 * Reads `test/match/FOLDER/LANGUAGE.txt`: registries, each behind a title in square brackets, of a phrase a line, and
 * the cases of each, which are the lines that begin as `isCase` says.
 * @param values the lists that phrases may name, beside `{n}`, a number, and `{what}`, text
 */
export function caseLines(
  folder: string,
  language: string,
  { isCase, values }: { isCase: RegExp; values: Readonly<Record<string, readonly string[]>> },
): CaseLine[] {
  const file = join(import.meta.dirname, '../../test/match', folder, `${language}.txt`);
  const lists = Object.entries(values).map(([name, all]): [string, Slot] => [name, list(all)]);
  const slots: Record<string, Slot> = { ...Object.fromEntries(lists), n: number({ max: 100 }), what: text() };
  return readFileSync(file, 'utf8')
    .split(/^\[.*\]$/m)
    .slice(1)
    .flatMap((registry) => {
      const lines = registry.trim().split('\n');
      const matcher = matcherOf(
        lines.filter((line) => !isCase.test(line)),
        { language, slots },
      );
      return lines.filter((line) => isCase.test(line)).map((line) => ({ line, matcher }));
    });
}

function matcherOf(
  lines: readonly string[],
  { language, slots: all }: { language: string; slots: Readonly<Record<string, Slot>> },
): Matcher {
  const commands = lines.map((line) => {
    const [name, phrase] = line.split(/: (.*)/) as [string, string];
    const slots = Object.entries(all).filter(([slot]) => phrase.includes(`{${slot}}`));
    return { name, phrases: [phrase], slots: Object.fromEntries(slots) };
  });
  const { grammar, problems } = compileGrammar(commands, { language });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return new Matcher(grammar, defaultConfig.match);
}
