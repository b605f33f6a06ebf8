import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readVocabulary } from '../../src/models/vocabulary.ts';
import { temporaryFolder, vocabulary } from './fixtures.ts';

const { bytes, written } = vocabulary();
const ids = Object.fromEntries(written.map((token, id) => [token, id]));
const { '<|endoftext|>': _, ...ordinaryIds } = ids;

function folderWith(name: string, content: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), content);
  return folder;
}

describe('readVocabulary', () => {
  test.each([
    ['vocabulary.json', JSON.stringify([...written, '<|startoftranscript|>', '<|en|>'])],
    ['vocabulary.txt', [...written, '<|startoftranscript|>', ''].join('\n')],
    ['vocab.json', JSON.stringify({ '<|notimestamps|>': 50_362, ...ids })],
    ['tokenizer.json', JSON.stringify({ model: { vocab: ids } })],
    [
      'tokenizer.json',
      JSON.stringify({
        model: { vocab: ordinaryIds },
        added_tokens: [
          { id: 50_256, content: '<|endoftext|>' },
          { id: 50_257, content: '<|startoftranscript|>' },
        ],
      }),
    ],
  ])('reads the byte strings of %s in the order of their ids', async (name, content) => {
    const tokens = await readVocabulary(folderWith(name, content));
    expect(tokens).toHaveLength(50_257);
    expect(Buffer.concat(tokens).equals(Buffer.concat(bytes))).toBe(true);
  });

  test('reads the empty token of multilingual models', async () => {
    const tokens = await readVocabulary(
      folderWith('vocab.json', JSON.stringify({ ...ordinaryIds, '': 50_256, '<|endoftext|>': 50_257 })),
    );
    expect(tokens.at(-1)).toHaveLength(0);
  });

  test.each([
    ['nothing', 'readme.md', '', /A vocabulary was expected/],
    [
      'a vocabulary with a gap',
      'vocab.json',
      JSON.stringify(Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== 17))),
      /lacks number 17/,
    ],
    ['damaged JSON', 'vocab.json', '{"a": 1', /is not a vocabulary/],
    ['another shape', 'vocabulary.json', '{"a": "b"}', /is not a vocabulary/],
  ])('refuses a folder with %s', async (_, name, content, message) => {
    await expect(readVocabulary(folderWith(name, content))).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(message),
    });
  });
});
