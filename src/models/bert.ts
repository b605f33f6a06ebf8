import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HeedError } from '../errors.ts';
import type { GgufSource, GgufTensor, GgufValue } from './write-gguf.ts';
import { readTensors } from './safetensors.ts';

const configSchema = z.object({
  model_type: z.literal('bert'),
  hidden_act: z.literal('gelu'),
  hidden_size: z.int().positive(),
  intermediate_size: z.int().positive(),
  layer_norm_eps: z.number().positive(),
  max_position_embeddings: z.int().positive(),
  num_attention_heads: z.int().positive(),
  num_hidden_layers: z.int().positive().max(100),
  type_vocab_size: z.int().positive(),
  vocab_size: z.int().positive(),
});
type BertConfig = z.infer<typeof configSchema>;

/** Names inside a layer, in a GGUF file and at Hugging Face. */
const layerNames: [string, string][] = [
  ['attn_q', 'attention.self.query'],
  ['attn_k', 'attention.self.key'],
  ['attn_v', 'attention.self.value'],
  ['attn_output', 'attention.output.dense'],
  ['attn_output_norm', 'attention.output.LayerNorm'],
  ['ffn_up', 'intermediate.dense'],
  ['ffn_down', 'output.dense'],
  ['layer_output_norm', 'output.LayerNorm'],
];
/** `llama_token_type` of llama.cpp. */
const tokenType = { normal: 1, control: 3, unused: 5 };
const meanPooling = 1;
const fileTypeF16 = 1;

/**
 * Opens a Hugging Face folder of a BERT model that turns sentences into vectors by the mean of its last layer:
 * `config.json`, `vocab.txt` and `model.safetensors`.
 * @throws HeedError `bad-model` for another kind of model or a cut file
 */
export async function openBert(folder: string, name: string): Promise<GgufSource> {
  const wrong = (reason: string, cause?: unknown): HeedError =>
    new HeedError('bad-model', `The model in ${folder} cannot be converted: ${reason}.`, { cause });
  const read = (file: string): Promise<string> =>
    readFile(join(folder, file), 'utf8').catch((error: unknown) => {
      throw wrong(`${file} cannot be read`, error);
    });
  const parsed = configSchema.safeParse(JSON.parse(await read('config.json')));
  if (!parsed.success) throw wrong('it is no BERT model', parsed.error);
  const config = parsed.data;
  const vocabulary = (await read('vocab.txt')).replace(/\n$/, '').split('\n');
  if (vocabulary.length !== config.vocab_size) throw wrong(`vocab.txt has ${vocabulary.length} tokens`);
  // Besides the weights there are the numbers of the positions, which are whole.
  const isWeight = (tensor: string): boolean => /\.(?:weight|bias)$/.test(tensor);
  const stored = new Map(await readTensors(join(folder, 'model.safetensors'), isWeight));
  const tensors = layoutOf(config).map(({ from, ...spec }): GgufTensor => {
    const slice = stored.get(from) ?? stored.get(`bert.${from}`);
    if (!slice) throw wrong(`the weights lack ${from}`);
    if (slice.elements !== spec.shape.reduce((product, size) => product * size, 1))
      throw wrong(`${from} holds ${slice.elements} numbers`);
    return { ...spec, slice };
  });
  return { metadata: metadataOf(config, vocabulary, name), tensors };
}

interface TensorSpec extends Omit<GgufTensor, 'slice'> {
  /** The name at Hugging Face. */
  from: string;
}

/** Matrices become 16-bit numbers, as in llama.cpp's own conversion; what is small or added stays as it is. */
function layoutOf(config: BertConfig): TensorSpec[] {
  const { hidden_size: width, intermediate_size: inner } = config;
  const norm = (name: string, from: string): TensorSpec[] =>
    ['weight', 'bias'].map((part) => ({
      name: `${name}.${part}`,
      from: `${from}.${part}`,
      shape: [width],
      type: 'f32',
    }));
  const embedding = (name: string, from: string, rows: number, type: 'f16' | 'f32'): TensorSpec => ({
    name: `${name}.weight`,
    from: `embeddings.${from}_embeddings.weight`,
    shape: [rows, width],
    type,
  });
  return [
    embedding('token_embd', 'word', config.vocab_size, 'f16'),
    embedding('position_embd', 'position', config.max_position_embeddings, 'f32'),
    embedding('token_types', 'token_type', config.type_vocab_size, 'f32'),
    ...norm('token_embd_norm', 'embeddings.LayerNorm'),
    ...Array.from({ length: config.num_hidden_layers }, (_, layer) =>
      layerNames.flatMap(([ours, theirs]): TensorSpec[] => {
        const [name, from] = [`blk.${layer}.${ours}`, `encoder.layer.${layer}.${theirs}`];
        if (ours.endsWith('norm')) return norm(name, from);
        const [rows, columns] =
          ours === 'ffn_up' ? [inner, width] : ours === 'ffn_down' ? [width, inner] : [width, width];
        return [
          { name: `${name}.weight`, from: `${from}.weight`, shape: [rows, columns], type: 'f16' },
          { name: `${name}.bias`, from: `${from}.bias`, shape: [rows], type: 'f32' },
        ];
      }),
    ).flat(),
  ];
}

function metadataOf(config: BertConfig, vocabulary: readonly string[], name: string): [string, GgufValue][] {
  const idOf = (token: string): GgufValue => ({ type: 'uint32', value: vocabulary.indexOf(token) });
  const number = (value: number): GgufValue => ({ type: 'uint32', value });
  return [
    ['general.architecture', { type: 'string', value: 'bert' }],
    ['general.name', { type: 'string', value: name }],
    ['general.file_type', number(fileTypeF16)],
    ['bert.block_count', number(config.num_hidden_layers)],
    ['bert.context_length', number(config.max_position_embeddings)],
    ['bert.embedding_length', number(config.hidden_size)],
    ['bert.feed_forward_length', number(config.intermediate_size)],
    ['bert.attention.head_count', number(config.num_attention_heads)],
    ['bert.attention.layer_norm_epsilon', { type: 'float32', value: config.layer_norm_eps }],
    ['bert.attention.causal', { type: 'bool', value: false }],
    ['bert.pooling_type', number(meanPooling)],
    ['tokenizer.ggml.model', { type: 'string', value: 'bert' }],
    ['tokenizer.ggml.token_type_count', number(config.type_vocab_size)],
    ['tokenizer.ggml.tokens', { type: 'strings', value: vocabulary.map(storedToken) }],
    ['tokenizer.ggml.token_type', { type: 'int32s', value: vocabulary.map(typeOf) }],
    ['tokenizer.ggml.bos_token_id', idOf('[CLS]')],
    ['tokenizer.ggml.eos_token_id', idOf('[SEP]')],
    ['tokenizer.ggml.unknown_token_id', idOf('[UNK]')],
    ['tokenizer.ggml.seperator_token_id', idOf('[SEP]')], // llama.cpp spells it so
    ['tokenizer.ggml.padding_token_id', idOf('[PAD]')],
    ['tokenizer.ggml.mask_token_id', idOf('[MASK]')],
  ];
}

/** llama.cpp marks where words begin, Hugging Face where they go on: "##ing" → "ing", "the" → "▁the". */
function storedToken(token: string): string {
  if (typeOf(token) !== tokenType.normal) return token;
  return token.startsWith('##') ? token.slice(2) : `▁${token}`;
}

function typeOf(token: string): number {
  if (token.startsWith('[unused')) return tokenType.unused;
  return /^\[(?:PAD|UNK|CLS|SEP|MASK)\]$/.test(token) ? tokenType.control : tokenType.normal;
}
