import { describe, expect, it } from 'vitest';
import { compileGrammar } from '../../src/grammar/index.ts';
import { differencesOf } from '../../src/match/differences.ts';
import { spokenForms, spokenReading } from '../../src/match/spoken-words.ts';
import type { WordScore } from '../../src/types.ts';

const grammars = {
  en: compileGrammar([], { language: 'en' }).grammar,
  de: compileGrammar([], { language: 'de' }).grammar,
};

describe('Written words', () => {
  it.each([
    ['50%', 'fifty percent'],
    ['-12.5', 'minus twelve point five'],
    ["Don't!", 'do not'],
    ['Um, OK.', 'ok'],
    ['3600', 'three thousand six hundred'],
  ])('%s are spoken as "%s"', (written, spoken) => {
    expect(spokenForms(written, grammars.en).join(' ')).toBe(spoken);
  });

  it('are spoken in the language of the grammar', () => {
    expect(spokenForms('21 %', grammars.de).join(' ')).toBe('einundzwanzig prozent');
  });
});

/** A reading of words with their log-probability and lead; the end of the text comes last. */
function reading(...words: [string, number, number][]) {
  const scores = words.map(([word, logProbability, lead]): WordScore => ({ word, logProbability, lead }));
  return spokenReading({ text: words.map(([word]) => word).join(' '), logProbability: 0, scores }, grammars.en, 0);
}

describe('Two readings of the same sound', () => {
  it('do not differ when they say the same in other spellings', () => {
    const free = reading(['set', 0, 0], ['it', 0, 0], ['to', 0, 0], ['50%.', -0.2, 0], ['', 0, 0]);
    const held = reading(['Set', 0, 0], ['it', 0, 0], ['to', 0, 0], ['fifty', -3, 3], ['percent', 0, 0], ['', 0, 0]);
    expect(differencesOf(free, held)).toEqual([]);
  });

  it('differ where a word was left out, and the next place shows how likely the omission is', () => {
    const free = reading(["Don't", -0.1, 0], ['turn', 0, 0], ['it', 0, 0], ['on', 0, 0], ['', 0, 0]);
    const held = reading(['Turn', -6, 6], ['it', 0, 0], ['on', 0, 0], ['', 0, 0]);
    expect(differencesOf(free, held)).toEqual([
      { free: ['do', 'not'], held: [], heldAt: 0, isBeside: true, lead: 6, sureness: -0.1, distance: 1 },
    ]);
  });

  it('differ at the end where words follow that a command does not have', () => {
    const free = reading(['lights', 0, 0], ['on', 0, 0], ['at', -0.1, 0], ['seven', -0.3, 0], ['', 0, 0]);
    const held = reading(['lights', 0, 0], ['on', 0, 0], ['', -8, 8]);
    expect(differencesOf(free, held)).toMatchObject([
      { free: ['at', 'seven'], held: [], heldAt: 2, lead: 8, sureness: -0.2 },
    ]);
  });

  it('differ by little where one sounds like the other', () => {
    const free = reading(['an', 0, 0], ['americana', -0.5, 0], ['', 0, 0]);
    const held = reading(['an', 0, 0], ['americano', -3, 2.5], ['', 0, 0]);
    const [difference] = differencesOf(free, held);
    expect(difference).toMatchObject({ free: ['americana'], held: ['americano'], lead: 2.5 });
    expect(difference!.distance).toBeLessThan(0.1);
  });

  it('can have nothing in common', () => {
    expect(
      differencesOf(
        reading(['yes', 0, 0], ['', 0, 0]),
        reading(['turn', -9, 9], ['it', 0, 0], ['off', 0, 0], ['', 0, 0]),
      ),
    ).toHaveLength(1);
    expect(differencesOf(reading(['', 0, 0]), reading(['help', -3, 3], ['', 0, 0]))).toMatchObject([
      { free: [], held: ['help'] },
    ]);
  });
});
