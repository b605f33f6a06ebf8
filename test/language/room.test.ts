import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allLanguages, languageOf, supportedLanguages } from '../../src/language/index.ts';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('language/'))
  .map((file) => ({ file, code: withoutComments(readFileSync(join('src', file), 'utf8')) }));

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

function findAll(pattern: RegExp): string[] {
  return sources.flatMap(({ file, code }) => [...code.matchAll(pattern)].map(([found]) => `${file}: ${found.trim()}`));
}

/** Words of the code that are words of a language by chance. */
const ownTerms = new Set(['exact']);

test('No file outside src/language names a language by its code', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(findAll(new RegExp(`'(?:${supportedLanguages.join('|')})'`, 'g'))).toEqual([]);
});

test('No file outside src/language has a table by language', () => {
  expect(findAll(new RegExp(`^\\s*['"]?(?:${supportedLanguages.join('|')})['"]?:`, 'gm'))).toEqual([]);
});

test('No file outside src/language holds words that only one language has', () => {
  const english = new Set(ownWords('en'));
  const others = allLanguages.flatMap(({ code }) => ownWords(code)).filter((word) => !english.has(word));
  const known = new Set(others.filter((word) => word.length > 2 && !ownTerms.has(word)));
  expect(known.size).toBeGreaterThan(300);
  expect(findAll(/(['"])[\p{Ll}' ]+\1/gu).filter((found) => known.has(found.split(': ')[1]!.slice(1, -1)))).toEqual([]);
});

function ownWords(code: string): string[] {
  const { answers, minus, point, percent, weak, critical, turning, fillers, openings, politeStart, politeEnd } =
    languageOf(code);
  return [
    ...Object.values(answers as unknown as Record<string, string[]>).flat(),
    ...Array.from({ length: 101 }, (_, value) => languageOf(code).spell(value)).flat(),
    ...[minus, point, percent, weak, critical, turning, fillers, openings, politeStart, politeEnd].flat(),
  ];
}
