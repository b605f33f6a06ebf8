import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Hyperparameters } from '../../src/models/hyperparameters.ts';
import { elementsOf, tensorLayout } from '../../src/models/tensor-layout.ts';

/**
 * The sizes of the smallest model that still is a Whisper: 64 wide, one encoder and two decoder layers, about 8 MB as
 * ggml.
 */
export const tinySizes: Hyperparameters = {
  vocabularySize: 51_864,
  audioContext: 1500,
  audioState: 64,
  audioHeads: 1,
  audioLayers: 1,
  textContext: 448,
  textState: 64,
  textHeads: 1,
  textLayers: 2,
  melBins: 80,
};

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-models-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const made = new Map<string, unknown>();

function once<T>(key: string, make: () => T): T {
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

/** The half-precision bits of a tensor: different for each name, finite, of both signs, some of them subnormal. */
export function halvesOf(name: string, elements: number): Uint16Array {
  const seed = createHash('sha256').update(name).digest().readUInt32LE();
  return Uint16Array.from({ length: elements }, (_, index) => {
    const bits = (Math.imul(index + 1, 2_654_435_761) ^ seed) >>> 16;
    return (bits & 0x8000) | (bits & 0x3fff); // magnitudes below 2
  });
}

/** Returns the numbers that half-precision bits stand for. */
export function floatsOf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** Every tensor of a model by its ggml name, as half-precision bits. */
export function tensorsOf(sizes: Hyperparameters): Map<string, Uint16Array> {
  return once(
    `tensors ${JSON.stringify(sizes)}`,
    () => new Map(tensorLayout(sizes).map(({ name, shape }) => [name, halvesOf(name, elementsOf(shape))])),
  );
}

/** Returns 50,257 tokens, all bytes and then made-up words, and the way a vocabulary file writes them. */
export const vocabulary = (): { bytes: Buffer[]; written: string[] } => once('vocabulary', makeVocabulary);

function makeVocabulary(): { bytes: Buffer[]; written: string[] } {
  const characters = byteCharacters();
  const words = Array.from({ length: 50_256 - 256 }, (_, index) => Buffer.from(` w${index.toString(36)}`));
  const bytes = [...Array.from({ length: 256 }, (_, byte) => Buffer.of(byte)), ...words, Buffer.from('<|endoftext|>')];
  return { bytes, written: bytes.map((token) => [...token].map((byte) => characters[byte]).join('')) };
}

/** Writes a CTranslate2 folder, a valid one or one of another version, kind or number type. */
export function writeCtranslate2(
  folder: string,
  sizes: Hyperparameters = tinySizes,
  options: { version?: number; kind?: string; type?: number } = {},
): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'model.bin'),
    once(`ct2 ${JSON.stringify([sizes, options])}`, () => ctranslate2File(sizes, options)),
  );
  writeFileSync(
    join(folder, 'vocabulary.json'),
    once('vocabulary.json', () => JSON.stringify(vocabulary().written)),
  );
  return folder;
}

function ctranslate2File(
  sizes: Hyperparameters,
  { version = 6, kind = 'WhisperSpec', type = 4 }: { version?: number; kind?: string; type?: number },
): Buffer {
  const tensors = tensorsOf(sizes);
  const get = (name: string): Uint16Array => tensors.get(name)!;
  const variables: [string, number[], number, Uint8Array][] = [];
  const floats = (name: string, shape: number[], ...parts: Uint16Array[]): void => {
    variables.push([name, shape, type, Buffer.concat(parts.map((part) => Buffer.from(part.buffer)))]);
  };
  const scalar = (name: string, value: number): void =>
    void variables.push([name, [], 2, Buffer.of(value & 255, value >> 8)]);
  const norm = (name: string, from: string, state: number): void => {
    floats(`${name}/gamma`, [state], get(`${from}.weight`));
    floats(`${name}/beta`, [state], get(`${from}.bias`));
  };
  const linear = (name: string, from: string[], rows: number, columns: number): void => {
    floats(`${name}/weight`, [rows * from.length, columns], ...from.map((part) => get(`${part}.weight`)));
    floats(
      `${name}/bias`,
      [rows * from.length],
      ...from.map((part) => tensors.get(`${part}.bias`) ?? new Uint16Array(rows)),
    );
  };
  const sides = [
    ['decoder', sizes.textLayers, sizes.textState, sizes.textHeads],
    ['encoder', sizes.audioLayers, sizes.audioState, sizes.audioHeads],
  ] as const;
  for (const [side, layers, state, heads] of sides) {
    scalar(`${side}/num_heads`, heads);
    norm(`${side}/layer_norm`, side === 'encoder' ? 'encoder.ln_post' : 'decoder.ln', state);
    floats(
      `${side}/position_encodings/encodings`,
      [side === 'encoder' ? sizes.audioContext : sizes.textContext, state],
      get(`${side}.positional_embedding`),
    );
    for (let layer = 0; layer < layers; layer++) {
      const [to, from] = [`${side}/layer_${layer}`, `${side}.blocks.${layer}`];
      norm(`${to}/self_attention/layer_norm`, `${from}.attn_ln`, state);
      linear(
        `${to}/self_attention/linear_0`,
        ['query', 'key', 'value'].map((part) => `${from}.attn.${part}`),
        state,
        state,
      );
      linear(`${to}/self_attention/linear_1`, [`${from}.attn.out`], state, state);
      norm(`${to}/ffn/layer_norm`, `${from}.mlp_ln`, state);
      linear(`${to}/ffn/linear_0`, [`${from}.mlp.0`], 4 * state, state);
      linear(`${to}/ffn/linear_1`, [`${from}.mlp.2`], state, 4 * state);
      if (side === 'encoder') continue;
      norm(`${to}/attention/layer_norm`, `${from}.cross_attn_ln`, state);
      linear(`${to}/attention/linear_0`, [`${from}.cross_attn.query`], state, state);
      linear(`${to}/attention/linear_1`, [`${from}.cross_attn.key`, `${from}.cross_attn.value`], state, state);
      linear(`${to}/attention/linear_2`, [`${from}.cross_attn.out`], state, state);
    }
  }
  floats('decoder/embeddings/weight', [sizes.vocabularySize, sizes.textState], get('decoder.token_embedding.weight'));
  floats('encoder/conv1/weight', [sizes.audioState, sizes.melBins, 3], get('encoder.conv1.weight'));
  floats('encoder/conv1/bias', [sizes.audioState], get('encoder.conv1.bias'));
  floats('encoder/conv2/weight', [sizes.audioState, sizes.audioState, 3], get('encoder.conv2.weight'));
  floats('encoder/conv2/bias', [sizes.audioState], get('encoder.conv2.bias'));
  return Buffer.concat([
    uint32(version),
    text(kind),
    uint32(3),
    uint32(variables.length),
    ...variables.flatMap(([name, shape, id, data]) => [
      text(name),
      Buffer.of(shape.length),
      ...shape.map(uint32),
      Buffer.of(id),
      uint32(data.length),
      data,
    ]),
    uint32(1),
    text('decoder/projection/weight'),
    text('decoder/embeddings/weight'),
  ]);
}

/** Writes a Hugging Face folder with safetensors in `shards` files. */
export function writeSafetensors(
  folder: string,
  options: { sizes?: Hyperparameters; dtype?: 'F32' | 'F16' | 'BF16'; shards?: number; config?: object } = {},
): string {
  const { sizes = tinySizes, dtype = 'F16', shards = 1 } = options;
  const tensors = tensorsOf(sizes);
  mkdirSync(folder, { recursive: true });
  const layout = tensorLayout(sizes);
  const files = Array.from({ length: shards }, (_, shard) =>
    shards === 1 ? 'model.safetensors' : `model-${shard + 1}-of-${shards}.safetensors`,
  );
  const weightMap: Record<string, string> = {};
  for (const [shard, file] of files.entries()) {
    const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
    const parts: Buffer[] = [];
    let offset = 0;
    for (const { name, shape } of layout.filter((_, index) => index % shards === shard)) {
      const data = once(`${dtype} ${name} ${shape.join()}`, () => encode(tensors.get(name)!, dtype));
      const theirs = huggingFaceName(name);
      header[theirs] = {
        dtype,
        shape: name.endsWith('conv1.bias') || name.endsWith('conv2.bias') ? [shape[0]] : shape,
        data_offsets: [offset, offset + data.length],
      };
      weightMap[theirs] = file;
      parts.push(data);
      offset += data.length;
    }
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    writeFileSync(join(folder, file), Buffer.concat([length, json, ...parts]));
  }
  if (shards > 1)
    writeFileSync(
      join(folder, 'model.safetensors.index.json'),
      JSON.stringify({ metadata: {}, weight_map: weightMap }),
    );
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({
      model_type: 'whisper',
      vocab_size: sizes.vocabularySize,
      d_model: sizes.audioState,
      num_mel_bins: sizes.melBins,
      max_source_positions: sizes.audioContext,
      encoder_attention_heads: sizes.audioHeads,
      encoder_layers: sizes.audioLayers,
      max_target_positions: sizes.textContext,
      decoder_attention_heads: sizes.textHeads,
      decoder_layers: sizes.textLayers,
      ...options.config,
    }),
  );
  writeFileSync(
    join(folder, 'vocab.json'),
    once('vocab.json', () => JSON.stringify(Object.fromEntries(vocabulary().written.map((token, id) => [token, id])))),
  );
  return folder;
}

/** Reads a ggml file without any code of the project. */
export function readGgml(path: string): {
  header: number[];
  filters: Float32Array;
  tokens: Buffer[];
  tensors: Map<string, { type: number; sizes: number[]; data: Buffer }>;
} {
  const file = readFileSync(path);
  let at = 0;
  const int = (): number => {
    at += 4;
    return file.readInt32LE(at - 4);
  };
  const take = (length: number): Buffer => {
    at += length;
    return file.subarray(at - length, at);
  };
  const header = Array.from({ length: 12 }, int);
  const [rows, columns] = [int(), int()];
  const filters = new Float32Array(new Uint8Array(take(rows * columns * 4)).buffer);
  const tokens = Array.from({ length: int() }, () => take(int()));
  const tensors = new Map<string, { type: number; sizes: number[]; data: Buffer }>();
  while (at < file.length) {
    const [axes, nameBytes, type] = [int(), int(), int()];
    const sizes = Array.from({ length: axes }, int);
    const name = take(nameBytes).toString();
    tensors.set(name, { type, sizes, data: take(elementsOf(sizes) * (type === 0 ? 4 : 2)) });
  }
  return { header, filters, tokens, tensors };
}

function encode(halves: Uint16Array, dtype: 'F32' | 'F16' | 'BF16'): Buffer {
  if (dtype === 'F16') return Buffer.from(halves.buffer);
  const floats = floatsOf(halves);
  if (dtype === 'F32') return Buffer.from(floats.buffer);
  return Buffer.from(Uint16Array.from(new Uint32Array(floats.buffer), (word) => word >>> 16).buffer);
}

function huggingFaceName(name: string): string {
  const replaced = name
    .replace(/blocks\.(\d+)/, 'layers.$1')
    .replace('cross_attn_ln', 'encoder_attn_layer_norm')
    .replace('mlp_ln', 'final_layer_norm')
    .replace(/(?<=\d\.)attn_ln/, 'self_attn_layer_norm')
    .replace('cross_attn', 'encoder_attn')
    .replace(/(?<=\d\.)attn/, 'self_attn')
    .replace(/query|key|value/, (part) => `${part[0]}_proj`)
    .replace(/(?<=attn\.)out/, 'out_proj')
    .replace('mlp.0', 'fc1')
    .replace('mlp.2', 'fc2')
    .replace('encoder.ln_post', 'encoder.layer_norm')
    .replace('decoder.ln', 'decoder.layer_norm')
    .replace('positional_embedding', 'embed_positions.weight')
    .replace('token_embedding', 'embed_tokens');
  return `model.${replaced}`;
}

function byteCharacters(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint((byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad) ? byte : next++),
  );
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(`${value}\0`);
  return Buffer.concat([Buffer.of(bytes.length & 255, bytes.length >> 8), bytes]);
}
