import { join } from 'node:path';
import { z } from 'zod';
import { HeedError } from '../errors.ts';
import { readModelText } from './open-regular.ts';

/**
 * The number of ordinary tokens in every Whisper vocabulary. Language, task and time tokens follow them; whisper.cpp
 * has its own names for those.
 */
export const ordinaryTokens = 50_257;

const idsSchema = z.record(z.string(), z.int().min(0));
const tokenizerSchema = z.object({
  model: z.object({ vocab: idsSchema }),
  added_tokens: z.array(z.object({ id: z.int().min(0), content: z.string() })).default([]),
});
const byteOfCharacter = byteCharacters();

/**
 * Reads the vocabulary of a model folder: `vocabulary.json` or `vocabulary.txt` of CTranslate2, `vocab.json` or
 * `tokenizer.json` of Hugging Face.
 * @throws HeedError `bad-model` when there is none, or it is not Whisper's
 */
export async function readVocabulary(folder: string): Promise<Uint8Array[]> {
  const readers: [string, (text: string) => string[]][] = [
    ['vocabulary.json', (text) => z.array(z.string()).parse(JSON.parse(text))],
    ['vocabulary.txt', (text) => text.split('\n')],
    ['vocab.json', (text) => byId(idsSchema.parse(JSON.parse(text)))],
    [
      'tokenizer.json',
      (text) => {
        const { model, added_tokens: added } = tokenizerSchema.parse(JSON.parse(text));
        return byId({ ...Object.fromEntries(added.map(({ id, content }) => [content, id])), ...model.vocab });
      },
    ],
  ];
  for (const [name, parse] of readers) {
    // A missing file is no error, because the vocabulary may be in a file of the next kind.
    const text = await readModelText(join(folder, name)).catch(() => undefined);
    if (text === undefined) continue;
    let tokens: string[];
    try {
      tokens = parse(text);
    } catch (error) {
      throw new HeedError(
        'bad-model',
        `${join(folder, name)} is not a vocabulary: ${(error as Error).message.slice(0, 200)}`,
        { cause: error },
      );
    }
    return ordinary(tokens, join(folder, name));
  }
  throw new HeedError(
    'bad-model',
    `A vocabulary was expected in ${folder} ` +
      '(vocabulary.json, vocabulary.txt, vocab.json or tokenizer.json), but there is none.',
  );
}

function ordinary(tokens: string[], file: string): Uint8Array[] {
  const missing = Array.from({ length: ordinaryTokens - 1 }, (_, id) => id).find((id) => tokens[id] === undefined);
  if (missing !== undefined) {
    throw new HeedError(
      'bad-model',
      `Whisper's vocabulary has ${ordinaryTokens} ordinary tokens; ${file} lacks number ${missing}.`,
    );
  }
  return Array.from({ length: ordinaryTokens }, (_, id) => tokenBytes(tokens[id] ?? ''));
}

function byId(ids: Record<string, number>): string[] {
  const tokens: string[] = [];
  for (const [token, id] of Object.entries(ids)) if (id < ordinaryTokens) tokens[id] = token;
  return tokens;
}

function tokenBytes(token: string): Uint8Array {
  const bytes = Array.from(token, (character) => byteOfCharacter.get(character));
  return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : new TextEncoder().encode(token);
}

/** GPT-2 writes bytes as printable characters: printable Latin-1 as itself, all others from U+0100 on. */
function byteCharacters(): Map<string, number> {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  const characters = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) characters.set(String.fromCodePoint(isPrintable(byte) ? byte : next++), byte);
  return characters;
}
