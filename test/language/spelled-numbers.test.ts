import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldWord, NumberReader, tokenize } from '../../src/grammar/index.ts';
import { allLanguages } from '../../src/language/index.ts';

const rows = readFileSync(join(import.meta.dirname, 'spelled-numbers.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .map(([code, value, forms]) => ({ code, value: Number(value), forms: forms!.split('|') }));

/** Spellings differ in where they have spaces and hyphens. */
function joined(text: string): string {
  return tokenize(text).map(foldWord).join('');
}

describe.each(allLanguages.map((language) => ({ code: language.code, language })))('In $code', ({ code, language }) => {
  const own = rows.filter((row) => row.code === code);

  it('numbers are spelled as in the rules of Unicode, among other ways', () => {
    expect(own.length).toBeGreaterThan(100);
    const ways = (value: number): string[] => language.spell(value).map(joined);
    expect(own.filter(({ value, forms }) => !forms.some((form) => ways(value).includes(joined(form))))).toEqual([]);
  });

  it('numbers that Unicode spells are read', () => {
    const reader = NumberReader.of(language);
    const wrong = own.filter(({ value, forms }) => forms.some((form) => reader.read(tokenize(form)) !== value));
    expect(wrong).toEqual([]);
  });

  it('numbers up to 10¹² are read in each of their ways', () => {
    const reader = NumberReader.of(language);
    const values = Array.from({ length: 200 }, (_, i) => Math.floor(1.15 ** i)).filter((value) => value <= 1e12);
    const wrong = values.flatMap((value) =>
      language.spell(value).filter((way) => reader.read(tokenize(way)) !== value),
    );
    expect(wrong).toEqual([]);
  });
});
