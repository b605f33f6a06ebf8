import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { HeedError } from '../errors.ts';
import { hyperparameterProblem, type Hyperparameters } from './hyperparameters.ts';
import { floatBytes, type FloatType, type ModelSource, type TensorSlice } from './model-source.ts';
import { openRegular, readModelText } from './open-regular.ts';
import { elementsOf, tensorLayout } from './tensor-layout.ts';
import { readVocabulary } from './vocabulary.ts';

/** The header of the largest Whisper takes 150 kB, for 1,300 tensors. */
const [maxHeaderBytes, maxTensors] = [4 * 1024 * 1024, 10_000];
const floatTypes: Record<string, FloatType> = { F32: 'f32', F16: 'f16', BF16: 'bf16' };

const configSchema = z.object({
  model_type: z.literal('whisper'),
  vocab_size: z.int(),
  d_model: z.int(),
  num_mel_bins: z.int(),
  max_source_positions: z.int(),
  encoder_attention_heads: z.int(),
  encoder_layers: z.int(),
  max_target_positions: z.int(),
  decoder_attention_heads: z.int(),
  decoder_layers: z.int(),
});
const preprocessorSchema = z.object({
  sampling_rate: z.literal(16_000).default(16_000),
  n_fft: z.literal(400).default(400),
  hop_length: z.literal(160).default(160),
});
const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });
const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).optional() })
  .catchall(tensorSchema)
  .transform(({ __metadata__, ...tensors }) => tensors);

/** Names inside a block, in a ggml file and at Hugging Face. */
const blockNames: [string, string][] = [
  ['cross_attn_ln', 'encoder_attn_layer_norm'],
  ['cross_attn.query', 'encoder_attn.q_proj'],
  ['cross_attn.key', 'encoder_attn.k_proj'],
  ['cross_attn.value', 'encoder_attn.v_proj'],
  ['cross_attn.out', 'encoder_attn.out_proj'],
  ['attn_ln', 'self_attn_layer_norm'],
  ['attn.query', 'self_attn.q_proj'],
  ['attn.key', 'self_attn.k_proj'],
  ['attn.value', 'self_attn.v_proj'],
  ['attn.out', 'self_attn.out_proj'],
  ['mlp.0', 'fc1'],
  ['mlp.2', 'fc2'],
  ['mlp_ln', 'final_layer_norm'],
];
const otherNames: Record<string, string> = {
  'encoder.positional_embedding': 'encoder.embed_positions.weight',
  'decoder.positional_embedding': 'decoder.embed_positions.weight',
  'decoder.token_embedding.weight': 'decoder.embed_tokens.weight',
  'encoder.ln_post.weight': 'encoder.layer_norm.weight',
  'encoder.ln_post.bias': 'encoder.layer_norm.bias',
  'decoder.ln.weight': 'decoder.layer_norm.weight',
  'decoder.ln.bias': 'decoder.layer_norm.bias',
};

/**
 * Opens a Hugging Face folder of Whisper: `config.json`, the vocabulary, and the weights as safetensors in one file or
 * several.
 * @throws HeedError `bad-model` for another kind of model or a cut file
 */
export async function openSafetensors(folder: string): Promise<ModelSource> {
  const config = await readJson(join(folder, 'config.json'), configSchema);
  await readJson(join(folder, 'preprocessor_config.json'), preprocessorSchema, {});
  const hyperparameters: Hyperparameters = {
    vocabularySize: config.vocab_size,
    audioContext: config.max_source_positions,
    audioState: config.d_model,
    audioHeads: config.encoder_attention_heads,
    audioLayers: config.encoder_layers,
    textContext: config.max_target_positions,
    textState: config.d_model,
    textHeads: config.decoder_attention_heads,
    textLayers: config.decoder_layers,
    melBins: config.num_mel_bins,
  };
  const problem = hyperparameterProblem(hyperparameters);
  if (problem !== undefined)
    throw new HeedError('bad-model', `The model in ${folder} cannot be converted: ${problem}.`);
  const stored = new Map<string, TensorSlice>();
  for (const file of await weightFiles(folder))
    for (const [name, slice] of await readTensors(join(folder, file))) stored.set(name, slice);
  const tensors = new Map<string, TensorSlice>();
  for (const { name } of tensorLayout(hyperparameters)) {
    const theirs = theirName(name);
    // The token embedding is also the last layer; it may be stored under either name.
    const slice =
      stored.get(`model.${theirs}`) ??
      stored.get(theirs) ??
      (name === 'decoder.token_embedding.weight' ? stored.get('proj_out.weight') : undefined);
    if (!slice)
      throw new HeedError(
        'bad-model',
        `The weights in ${folder} lack model.${theirs}; this is no complete Whisper model.`,
      );
    tensors.set(name, slice);
  }
  return { hyperparameters, vocabulary: await readVocabulary(folder), tensors };
}

/** `encoder.blocks.0.mlp.0.weight` → `encoder.layers.0.fc1.weight`. */
function theirName(name: string): string {
  const block = /^((?:en|de)coder)\.blocks\.(\d+)\.(.+)\.(weight|bias)$/.exec(name);
  if (!block) return otherNames[name] ?? name;
  const [, side, layer, inner, part] = block;
  return `${side}.layers.${layer}.${blockNames.find(([ours]) => ours === inner)![1]}.${part}`;
}

async function weightFiles(folder: string): Promise<string[]> {
  const index = await readJson(join(folder, 'model.safetensors.index.json'), indexSchema, { weight_map: {} });
  const files = [...new Set(Object.values(index.weight_map))];
  const outside = files.find((file) => basename(file) !== file);
  if (outside !== undefined)
    throw new HeedError('bad-model', `The index of ${folder} names a file outside the folder: ${outside}`);
  return files.length > 0 ? files : ['model.safetensors'];
}

/**
 * Reads where a safetensors file has its tensors.
 * @throws HeedError `bad-model` when it is damaged or cut, or a wanted tensor is of whole numbers
 */
export async function readTensors(
  path: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<[string, TensorSlice][]> {
  const wrong = (reason: string, cause?: unknown): HeedError =>
    new HeedError('bad-model', `The weights ${path} cannot be used: ${reason}.`, { cause });
  const { file, sizeBytes: size } = await openRegular(path).catch((error: unknown) => {
    throw wrong('there is no file that can be read', error);
  });
  try {
    const { buffer: prefix, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const headerBytes = bytesRead === 8 ? Number(prefix.readBigUInt64LE()) : Infinity;
    if (headerBytes > Math.min(maxHeaderBytes, size - 8)) throw wrong('it is cut, or it is not a safetensors file');
    const { buffer: header } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 8);
    const json = tryJson(header.toString('utf8'));
    if (Object.keys(json ?? {}).length > maxTensors) throw wrong(`it claims more than ${maxTensors} tensors`);
    const parsed = headerSchema.safeParse(json);
    if (!parsed.success) throw wrong('its header is damaged', parsed.error);
    return Object.entries(parsed.data)
      .filter(([name]) => isWanted(name))
      .map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [start, end],
          },
        ]) => {
          const type = floatTypes[dtype];
          if (!type) throw wrong(`${name} is ${dtype}; F32, F16 and BF16 can be converted`);
          const elements = elementsOf(shape);
          if (end - start !== elements * floatBytes[type])
            throw wrong(`${name} has ${end - start} bytes, which does not fit its shape ${shape.join('×')}`);
          if (8 + headerBytes + end > size)
            throw wrong(`it is cut: ${name} ends at byte ${8 + headerBytes + end}, the file at ${size}`);
          return [name, { path, offsetBytes: 8 + headerBytes + start, type, elements }];
        },
      );
  } finally {
    await file.close();
  }
}

/** Reads a file of 32-bit numbers whole. @throws HeedError `bad-model` */
export async function readTensorValues(path: string): Promise<Record<string, Float32Array>> {
  const slices = await readTensors(path);
  const bytes = await readFile(path);
  return Object.fromEntries(
    slices.map(([name, { offsetBytes, type, elements }]) => {
      if (type !== 'f32') throw new HeedError('bad-model', `${name} in ${path} is not of 32-bit numbers.`);
      const own = Uint8Array.from(bytes.subarray(offsetBytes, offsetBytes + elements * floatBytes.f32));
      return [name, new Float32Array(own.buffer)];
    }),
  );
}

async function readJson<T>(path: string, schema: z.ZodType<T>, missing?: unknown): Promise<T> {
  const text = await readModelText(path).catch((error: Error) => {
    if ((error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' && missing !== undefined)
      return undefined;
    throw new HeedError('bad-model', `${path} was expected and cannot be read.`, { cause: error });
  });
  const parsed = schema.safeParse(text === undefined ? missing : tryJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HeedError(
    'bad-model',
    `${path} is not that of a Whisper model: ${issue!.path.join('.')} ${issue!.message}`,
    { cause: parsed.error },
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it, and its message names the file
  }
}
