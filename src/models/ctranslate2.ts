import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { HeedError } from '../errors.ts';
import { FileCursor } from './file-cursor.ts';
import { hyperparameterProblem, type Hyperparameters } from './hyperparameters.ts';
import { floatBytes, type FloatType, type ModelSource, type TensorSlice } from './model-source.ts';
import { openRegular } from './open-regular.ts';
import { elementsOf } from './tensor-layout.ts';
import { readVocabulary } from './vocabulary.ts';

const floatTypes: Record<number, FloatType> = { 0: 'f32', 4: 'f16', 5: 'bf16' };
const formatVersion = 6;
const maxVariables = 10_000;

interface Variable {
  shape: number[];
  type: number;
  offsetBytes: number;
  sizeBytes: number;
}

/**
 * Opens a CTranslate2 folder of Whisper (`model.bin` of version 6 and its vocabulary).
 * @throws HeedError `bad-model` for another kind of model, a quantised one, or a cut file
 */
export async function openCtranslate2(folder: string): Promise<ModelSource> {
  const path = join(folder, 'model.bin');
  const { file, sizeBytes } = await openRegular(path);
  try {
    const variables = await readVariables(new FileCursor(file, sizeBytes, path));
    const source = new VariableMap(variables, path);
    const heads = (side: string): Promise<number> => readInt16(file, source.get(`${side}/num_heads`), path);
    const [vocabularySize, textState] = source.shape('decoder/embeddings/weight', 2);
    const [audioContext, audioState] = source.shape('encoder/position_encodings/encodings', 2);
    const [textContext] = source.shape('decoder/position_encodings/encodings', 2);
    const [, melBins] = source.shape('encoder/conv1/weight', 3);
    const hyperparameters: Hyperparameters = {
      vocabularySize: vocabularySize!,
      audioContext: audioContext!,
      audioState: audioState!,
      audioHeads: await heads('encoder'),
      audioLayers: source.layers('encoder'),
      textContext: textContext!,
      textState: textState!,
      textHeads: await heads('decoder'),
      textLayers: source.layers('decoder'),
      melBins: melBins!,
    };
    const problem = hyperparameterProblem(hyperparameters);
    if (problem !== undefined) throw new HeedError('bad-model', `The model ${path} cannot be converted: ${problem}.`);
    return { hyperparameters, vocabulary: await readVocabulary(folder), tensors: source.tensors() };
  } finally {
    await file.close();
  }
}

async function readVariables(cursor: FileCursor): Promise<Map<string, Variable>> {
  const version = await cursor.uint32();
  if (version !== formatVersion)
    throw cursor.wrong(
      `a CTranslate2 model of version ${formatVersion} was expected, but version ${version} came; ` +
        'convert it again with ct2-transformers-converter',
    );
  const kind = await text(cursor);
  if (kind !== 'WhisperSpec')
    throw cursor.wrong(`a Whisper model was expected, but ${JSON.stringify(kind.slice(0, 40))} came`);
  await cursor.uint32(); // revision of the kind
  const count = await cursor.uint32();
  if (count > maxVariables) throw cursor.wrong(`it claims ${count} variables`);
  const variables = new Map<string, Variable>();
  for (let index = 0; index < count; index++) {
    const name = await text(cursor);
    const rank = await cursor.uint8();
    const shape: number[] = [];
    for (let axis = 0; axis < rank; axis++) shape.push(await cursor.uint32());
    const type = await cursor.uint8();
    const sizeBytes = await cursor.uint32();
    variables.set(name, { shape, type, offsetBytes: cursor.position, sizeBytes });
    cursor.skip(sizeBytes);
  }
  return variables;
}

async function text(cursor: FileCursor): Promise<string> {
  const bytes = await cursor.bytes(await cursor.uint16());
  return new TextDecoder().decode(bytes).replace(/\0$/, '');
}

async function readInt16(file: FileHandle, { offsetBytes, sizeBytes }: Variable, path: string): Promise<number> {
  if (sizeBytes !== 2)
    throw new HeedError('bad-model', `The number of heads in ${path} should take 2 bytes, it takes ${sizeBytes}.`);
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, offsetBytes);
  return buffer.readInt16LE();
}

class VariableMap {
  readonly #variables: Map<string, Variable>;
  readonly #path: string;

  constructor(variables: Map<string, Variable>, path: string) {
    this.#variables = variables;
    this.#path = path;
  }

  get(name: string): Variable {
    const variable = this.#variables.get(name);
    if (!variable)
      throw new HeedError('bad-model', `${this.#path} lacks the variable ${name}; convert the model anew.`);
    return variable;
  }

  shape(name: string, rank: number): number[] {
    const { shape } = this.get(name);
    if (shape.length !== rank)
      throw new HeedError('bad-model', `${name} in ${this.#path} should have ${rank} axes, it has ${shape.length}.`);
    return shape;
  }

  layers(side: string): number {
    let count = 0;
    while (this.#variables.has(`${side}/layer_${count}/self_attention/linear_0/weight`)) count++;
    return count;
  }

  tensors(): Map<string, TensorSlice> {
    const tensors = new Map<string, TensorSlice>();
    const whole = (name: string, from: string): void => void tensors.set(name, this.#part(from, 0, 1));
    whole('encoder.positional_embedding', 'encoder/position_encodings/encodings');
    whole('decoder.positional_embedding', 'decoder/position_encodings/encodings');
    whole('decoder.token_embedding.weight', 'decoder/embeddings/weight');
    for (const convolution of ['conv1', 'conv2'])
      for (const part of ['weight', 'bias']) whole(`encoder.${convolution}.${part}`, `encoder/${convolution}/${part}`);
    const norm = (name: string, from: string): void => {
      whole(`${name}.weight`, `${from}/gamma`);
      whole(`${name}.bias`, `${from}/beta`);
    };
    const linear = (names: string[], from: string): void =>
      names.forEach((name, index) => {
        tensors.set(`${name}.weight`, this.#part(`${from}/weight`, index, names.length));
        if (!name.endsWith('.key')) tensors.set(`${name}.bias`, this.#part(`${from}/bias`, index, names.length));
      });
    norm('encoder.ln_post', 'encoder/layer_norm');
    norm('decoder.ln', 'decoder/layer_norm');
    for (const side of ['encoder', 'decoder']) {
      for (let layer = 0; layer < this.layers(side); layer++) {
        const [to, from] = [`${side}.blocks.${layer}`, `${side}/layer_${layer}`];
        norm(`${to}.attn_ln`, `${from}/self_attention/layer_norm`);
        linear([`${to}.attn.query`, `${to}.attn.key`, `${to}.attn.value`], `${from}/self_attention/linear_0`);
        linear([`${to}.attn.out`], `${from}/self_attention/linear_1`);
        norm(`${to}.mlp_ln`, `${from}/ffn/layer_norm`);
        linear([`${to}.mlp.0`], `${from}/ffn/linear_0`);
        linear([`${to}.mlp.2`], `${from}/ffn/linear_1`);
        if (side === 'encoder') continue;
        norm(`${to}.cross_attn_ln`, `${from}/attention/layer_norm`);
        linear([`${to}.cross_attn.query`], `${from}/attention/linear_0`);
        linear([`${to}.cross_attn.key`, `${to}.cross_attn.value`], `${from}/attention/linear_1`);
        linear([`${to}.cross_attn.out`], `${from}/attention/linear_2`);
      }
    }
    return tensors;
  }

  /** One of `of` equal parts of a variable, because the query, key and value are stored fused into one. */
  #part(name: string, index: number, of: number): TensorSlice {
    const { shape, type, offsetBytes, sizeBytes } = this.get(name);
    const float = floatTypes[type];
    if (!float)
      throw new HeedError(
        'bad-model',
        `${this.#path} is quantised (${name} has type ${type}); convert the model anew with --quantization float16.`,
      );
    const elements = elementsOf(shape) / of;
    if (!Number.isInteger(elements) || elements * of * floatBytes[float] !== sizeBytes) {
      throw new HeedError(
        'bad-model',
        `${name} in ${this.#path} has ${sizeBytes} bytes, which does not fit its shape ${shape.join('×')}.`,
      );
    }
    return { path: this.#path, offsetBytes: offsetBytes + index * elements * floatBytes[float], type: float, elements };
  }
}
