import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBert } from '../../src/models/bert.ts';
import { ensureEntry, ensureModel, ensureSentenceModel } from '../../src/models/ensure-model.ts';
import { writeGguf } from '../../src/models/write-gguf.ts';
import { floatsOf, halvesOf, temporaryFolder } from './fixtures.ts';
import { modelsConfig } from './hub.ts';

const vocabulary = ['[PAD]', '[unused0]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'lamp', '##s'];
const config = {
  model_type: 'bert',
  hidden_act: 'gelu',
  hidden_size: 8,
  intermediate_size: 16,
  layer_norm_eps: 1e-12,
  max_position_embeddings: 4,
  num_attention_heads: 2,
  num_hidden_layers: 1,
  type_vocab_size: 2,
  vocab_size: vocabulary.length,
};

function shapes(): Record<string, number[]> {
  const [width, inner] = [config.hidden_size, config.intermediate_size];
  const pair = (name: string, rows: number, columns?: number): [string, number[]][] => [
    [`${name}.weight`, columns === undefined ? [rows] : [rows, columns]],
    [`${name}.bias`, [rows]],
  ];
  const layer = 'encoder.layer.0';
  return Object.fromEntries([
    ['embeddings.word_embeddings.weight', [vocabulary.length, width]],
    ['embeddings.position_embeddings.weight', [4, width]],
    ['embeddings.token_type_embeddings.weight', [2, width]],
    ...pair('embeddings.LayerNorm', width),
    ...['query', 'key', 'value'].flatMap((name) => pair(`${layer}.attention.self.${name}`, width, width)),
    ...pair(`${layer}.attention.output.dense`, width, width),
    ...pair(`${layer}.attention.output.LayerNorm`, width),
    ...pair(`${layer}.intermediate.dense`, inner, width),
    ...pair(`${layer}.output.dense`, width, inner),
    ...pair(`${layer}.output.LayerNorm`, width),
  ] as [string, number[]][]);
}

/** Writes the smallest BERT, with the whole numbers that such files also hold. */
function writeBert(folder: string, more: Partial<typeof config> = {}): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, ...more }));
  writeFileSync(join(folder, 'vocab.txt'), `${vocabulary.join('\n')}\n`);
  const header: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let at = 0;
  const add = (name: string, dtype: string, shape: number[], bytes: Buffer): void => {
    header[name] = { dtype, shape, data_offsets: [at, (at += bytes.length)] };
    parts.push(bytes);
  };
  add('embeddings.position_ids', 'I64', [1, 4], Buffer.alloc(32));
  for (const [name, shape] of Object.entries(shapes())) {
    const floats = floatsOf(
      halvesOf(
        name,
        shape.reduce((a, b) => a * b, 1),
      ),
    );
    add(name, 'F32', shape, Buffer.from(floats.buffer));
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(join(folder, 'model.safetensors'), Buffer.concat([length, json, ...parts]));
  return folder;
}

test('a BERT becomes a GGUF file whose tensors begin where its header says', async () => {
  const path = join(temporaryFolder(), 'tiny.gguf');
  const sha256 = await writeGguf(await openBert(writeBert(temporaryFolder()), 'tiny'), path);
  const bytes = readFileSync(path);
  expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect([bytes.toString('latin1', 0, 4), bytes.readUInt32LE(4), bytes.readBigUInt64LE(8)]).toEqual(['GGUF', 3, 21n]);
  // The last tensor: its header has its name, one dimension, the type f32 and the offset.
  const name = Buffer.from('blk.0.layer_output_norm.bias');
  const after = bytes.lastIndexOf(name) + name.length;
  const [dimensions, size, type] = [
    bytes.readUInt32LE(after),
    bytes.readBigUInt64LE(after + 4),
    bytes.readUInt32LE(after + 12),
  ];
  expect([dimensions, size, type]).toEqual([1, 8n, 0]);
  const dataStart = Math.ceil((after + 24) / 32) * 32;
  const offset = dataStart + Number(bytes.readBigUInt64LE(after + 16));
  const values = Array.from({ length: 8 }, (_, i) => bytes.readFloatLE(offset + 4 * i));
  expect(values).toEqual([...floatsOf(halvesOf('encoder.layer.0.output.LayerNorm.bias', 8))]);
  expect(bytes.length).toBe(offset + 32);
});

test('words begin with a mark, and the parts of words lose theirs', async () => {
  const { metadata } = await openBert(writeBert(temporaryFolder()), 'tiny');
  expect(Object.fromEntries(metadata)['tokenizer.ggml.tokens']).toEqual({
    type: 'strings',
    value: ['[PAD]', '[unused0]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '▁lamp', 's'],
  });
});

test.each([
  ['another kind of model', { model_type: 'gpt2' }, /it is no BERT model/],
  ['a vocabulary of another size', { vocab_size: 9 }, /vocab.txt has 8 tokens/],
  ['weights of another size', { hidden_size: 16 }, /word_embeddings.weight holds 64 numbers/],
  ['missing weights', { num_hidden_layers: 2 }, /lack encoder.layer.1/],
])('%s is refused', async (_what, more, message) => {
  const folder = writeBert(temporaryFolder(), more);
  await expect(openBert(folder, 'tiny')).rejects.toMatchObject({
    code: 'bad-model',
    message: expect.stringMatching(message) as string,
  });
});

test('a speech model and a sentence model cannot stand for each other', async () => {
  const folder = temporaryFolder();
  const models = modelsConfig(folder, 'http://127.0.0.1:1');
  await expect(ensureModel('all-minilm-l6-v2', models)).rejects.toMatchObject({ code: 'bad-config' });
  await expect(ensureSentenceModel('base', models)).rejects.toMatchObject({ code: 'bad-config' });
  await expect(ensureSentenceModel('nothing', models)).rejects.toMatchObject({ code: 'not-found' });
  writeFileSync(join(folder, 'mine.gguf'), 'GGUF and more');
  writeFileSync(join(folder, 'other.gguf'), 'no model');
  expect(await ensureSentenceModel(join(folder, 'mine.gguf'), models)).toBe(join(folder, 'mine.gguf'));
  await expect(ensureSentenceModel(join(folder, 'other.gguf'), models)).rejects.toMatchObject({ code: 'bad-model' });
});

test('without its parts from the hub, a sentence model may be put there by hand', async () => {
  const folder = temporaryFolder();
  const entry = {
    name: 'tiny',
    kind: 'sentences',
    sizeBytes: 1,
    languages: 'English',
    licence: 'MIT',
    sha256: '0'.repeat(64),
    hub: { repository: 'made/up', revision: 'main', files: [{ name: 'config.json', sizeBytes: 10 }] },
  } as const;
  const models = modelsConfig(folder, 'http://127.0.0.1:1');
  await expect(
    ensureEntry({ ...entry, hub: { ...entry.hub, files: [...entry.hub.files] } }, models),
  ).rejects.toMatchObject({
    code: 'fetch-failed',
    message: expect.stringContaining('tiny.gguf') as string,
  });
});
