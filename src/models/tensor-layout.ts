import type { Hyperparameters } from './hyperparameters.ts';

/** One tensor as a ggml file holds it; `shape` is row-major, outermost first. */
export interface TensorSpec {
  name: string;
  shape: number[];
  /** Small tensors are always f32, convolutions always f16; matrices may also be quantised. */
  kind: 'f32' | 'convolution' | 'matrix';
}

/** Lists all tensors of a model in the order of OpenAI's checkpoints, which the published ggml files keep. */
export function tensorLayout(hyperparameters: Hyperparameters): TensorSpec[] {
  const { vocabularySize, audioContext, audioState, audioLayers, textContext, textState, textLayers, melBins } =
    hyperparameters;
  const encoder = (layer: number): TensorSpec[] => block(`encoder.blocks.${layer}`, audioState, ['attn']);
  const decoder = (layer: number): TensorSpec[] => block(`decoder.blocks.${layer}`, textState, ['attn', 'cross_attn']);
  return [
    small('decoder.positional_embedding', textContext, textState),
    small('encoder.positional_embedding', audioContext, audioState),
    matrix('decoder.token_embedding.weight', vocabularySize, textState),
    ...Array.from({ length: textLayers }, (_, layer) => decoder(layer)).flat(),
    ...norm('decoder.ln', textState),
    { name: 'encoder.conv1.weight', shape: [audioState, melBins, 3], kind: 'convolution' },
    small('encoder.conv1.bias', audioState, 1),
    { name: 'encoder.conv2.weight', shape: [audioState, audioState, 3], kind: 'convolution' },
    small('encoder.conv2.bias', audioState, 1),
    ...Array.from({ length: audioLayers }, (_, layer) => encoder(layer)).flat(),
    ...norm('encoder.ln_post', audioState),
  ];
}

/** Returns how many numbers a tensor of this shape holds. */
export function elementsOf(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function block(name: string, state: number, attentions: string[]): TensorSpec[] {
  return [
    ...norm(`${name}.mlp_ln`, state),
    ...linear(`${name}.mlp.0`, 4 * state, state),
    ...linear(`${name}.mlp.2`, state, 4 * state),
    ...attentions.flatMap((attention) => [
      ...norm(`${name}.${attention}_ln`, state),
      ...linear(`${name}.${attention}.query`, state, state),
      matrix(`${name}.${attention}.key.weight`, state, state),
      ...linear(`${name}.${attention}.value`, state, state),
      ...linear(`${name}.${attention}.out`, state, state),
    ]),
  ];
}

function linear(name: string, rows: number, columns: number): TensorSpec[] {
  return [matrix(`${name}.weight`, rows, columns), small(`${name}.bias`, rows)];
}

function norm(name: string, state: number): TensorSpec[] {
  return [small(`${name}.weight`, state), small(`${name}.bias`, state)];
}

function matrix(name: string, rows: number, columns: number): TensorSpec {
  return { name, shape: [rows, columns], kind: 'matrix' };
}

function small(name: string, ...shape: number[]): TensorSpec {
  return { name, shape, kind: 'f32' };
}
