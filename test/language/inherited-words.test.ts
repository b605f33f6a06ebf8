import { expect, test } from 'vitest';
import { createHeed } from '../../src/heed.ts';
import { defineCommand, list, text } from '../../src/index.ts';
import { supportedLanguages } from '../../src/language/index.ts';

/** What every object has by itself, and words that are written alike. */
const words = [...Object.getOwnPropertyNames(Object.prototype), 'proto', 'prototype', 'length', 'name', 'then'];

test.each(supportedLanguages)('in %s, names that all objects have are words like any others', async (language) => {
  const heed = await createHeed({
    commandsDir: false,
    config: { language },
    log: () => undefined,
    commands: {
      word: defineCommand({ phrases: words.map((word) => `vax ${plain(word)}`), run: () => undefined }),
      value: defineCommand({ phrases: ['zot {v}'], slots: { v: list(words.map(plain)) }, run: () => undefined }),
      note: defineCommand({ phrases: ['quill {t}'], slots: { t: text() }, run: () => undefined }),
    },
  });
  expect(heed.registry.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const session = await heed.openSession({ audio: false });
  for (const word of words) {
    expect(heed.understand(`vax ${plain(word)}`, language).match?.command).toBe('word');
    expect(heed.understand(`zot ${plain(word)}`, language).match?.args).toEqual({ v: plain(word) });
    expect(heed.understand(`quill ${word}`, language).match?.command).toBe('note');
    await session.say(word);
    await session.say(`${word} and ${word} one ${word}`);
  }
  await heed.close();
});

/** Underscores join no word of a phrase. */
function plain(word: string): string {
  return word.replaceAll('_', '');
}
