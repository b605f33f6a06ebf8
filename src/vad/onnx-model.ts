import { InferenceSession, Tensor, env } from 'onnxruntime-node';
import type { ModelRow, VoiceModel } from './voice-model.ts';

/** The engines that run in onnxruntime. */
export type OnnxEngineName = 'silero-v5' | 'vad-node';

/** The inputs of a Silero model: how many samples it takes at once, and its recurrent states. */
interface ModelShape {
  inputSamples: number;
  states: { input: string; output: string; size: number }[];
  /** Whether the sample rate is one of its inputs. */
  takesRate: boolean;
}

const v4States = [
  { input: 'h', output: 'hn', size: 64 },
  { input: 'c', output: 'cn', size: 64 },
];
const v5States = [{ input: 'state', output: 'stateN', size: 128 }];

/** v5 takes each frame of 512 samples with the last 64 of the frame before; vad-node's v4 is run on 96 ms. */
const shapes: Record<OnnxEngineName, ModelShape> = {
  'silero-v5': { inputSamples: 64 + 512, states: v5States, takesRate: false },
  'vad-node': { inputSamples: 1536, states: v4States, takesRate: true },
};

const layers = 2;

/** A Silero model in onnxruntime, run for many streams at once. A run blocks its thread. */
export class OnnxModel implements VoiceModel {
  readonly #session: InferenceSession;
  readonly #shape: ModelShape;
  readonly #rate = new Tensor('int64', BigInt64Array.of(16_000n), []);

  private constructor(session: InferenceSession, shape: ModelShape) {
    this.#session = session;
    this.#shape = shape;
  }

  /** Loads a checked model. It runs in one thread, because for so little work more threads would only spin. */
  static async load(engine: OnnxEngineName, bytes: Uint8Array): Promise<OnnxModel> {
    env.logLevel = 'error';
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
    return new OnnxModel(session, shapes[engine]);
  }

  createRow(): ModelRow {
    const { inputSamples, states } = this.#shape;
    return { input: new Float32Array(inputSamples), states: states.map(({ size }) => new Float32Array(layers * size)) };
  }

  async run(rows: readonly ModelRow[]): Promise<Float32Array> {
    const { inputSamples, states, takesRate } = this.#shape;
    const feeds: Record<string, Tensor> = {
      input: new Tensor('float32', joinInputs(rows, inputSamples), [rows.length, inputSamples]),
    };
    states.forEach(({ input, size }, index) => {
      feeds[input] = new Tensor('float32', joinStates(rows, index, size), [layers, rows.length, size]);
    });
    if (takesRate) feeds['sr'] = this.#rate;
    const results = await this.#session.run(feeds);
    states.forEach(({ output, size }, index) =>
      splitStates(rows, { index, size, joined: results[output]!.data as Float32Array }),
    );
    return results['output']!.data as Float32Array;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

function joinInputs(rows: readonly ModelRow[], inputSamples: number): Float32Array {
  if (rows.length === 1) return rows[0]!.input;
  const joined = new Float32Array(rows.length * inputSamples);
  rows.forEach(({ input }, row) => joined.set(input, row * inputSamples));
  return joined;
}

/** The model orders states by layer, then by stream. */
function joinStates(rows: readonly ModelRow[], index: number, size: number): Float32Array {
  if (rows.length === 1) return rows[0]!.states[index]!;
  const joined = new Float32Array(layers * rows.length * size);
  rows.forEach(({ states }, row) => {
    for (let layer = 0; layer < layers; layer++) {
      joined.set(states[index]!.subarray(layer * size, (layer + 1) * size), (layer * rows.length + row) * size);
    }
  });
  return joined;
}

function splitStates(
  rows: readonly ModelRow[],
  { index, size, joined }: { index: number; size: number; joined: Float32Array },
): void {
  rows.forEach(({ states }, row) => {
    for (let layer = 0; layer < layers; layer++) {
      const start = (layer * rows.length + row) * size;
      states[index]!.set(joined.subarray(start, start + size), layer * size);
    }
  });
}
