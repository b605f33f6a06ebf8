import { HeedError } from '../errors.ts';
import { frameSamples } from '../types.ts';
import { missingEngine, type EngineName } from './model-file.ts';
import type { FrameVerdict, Thresholds } from './frame-verdict.ts';
import { InputGain } from './input-gain.ts';
import { NativeModel } from './native-model.ts';
import type { ModelRow, VoiceModel } from './voice-model.ts';

/**
 * Frames of one or more streams: `samples` holds them one after the other, `streams` says which stream each belongs to.
 */
export interface FrameBatch {
  streams: Uint32Array;
  samples: Float32Array;
}

/** What is kept of a stream beside the model's own state. */
interface RunnerStream {
  row: ModelRow;
  gain: InputGain;
  /** How many samples of the row's input are new since its last run. */
  filledSamples: number;
  probability: number;
  /** Only with vad-node: what its frame processor makes of the probabilities. */
  verdict?: FrameVerdict;
}

/** How the sound is prepared before the model gets it, and how the probabilities are treated afterwards. */
export interface RunnerOptions {
  /** The most that soft speech is raised, dB. */
  maxGainDb: number;
  createVerdict?: () => FrameVerdict;
}

/** Turns frames into speech probabilities and keeps the state of each stream. */
export class ModelRunner {
  readonly #model: VoiceModel;
  readonly #options: RunnerOptions;
  readonly #streams = new Map<number, RunnerStream>();

  constructor(model: VoiceModel, options: RunnerOptions) {
    this.#model = model;
    this.#options = options;
  }

  /**
   * Returns one probability per frame, in the order of the batch. The frames of one stream are processed in order,
   * those of different streams at once.
   */
  async run({ streams, samples }: FrameBatch): Promise<Float32Array> {
    if (samples.length !== streams.length * frameSamples) {
      throw new HeedError(
        'internal',
        `${streams.length} frames of ${frameSamples} samples were expected, but ${samples.length} samples came.`,
      );
    }
    const probabilities = new Float32Array(streams.length);
    for (const round of toRounds(streams)) await this.#hearRound(round, { streams, samples }, probabilities);
    return probabilities;
  }

  /** Forgets the state of a stream. */
  forget(id: number): void {
    this.#streams.delete(id);
  }

  /** Frees the model. */
  async release(): Promise<void> {
    this.#streams.clear();
    await this.#model.release();
  }

  async #hearRound(round: number[], { streams, samples }: FrameBatch, probabilities: Float32Array): Promise<void> {
    const ran = round.map((index) => {
      const stream = this.#stream(streams[index]!);
      take(stream, samples.subarray(index * frameSamples, (index + 1) * frameSamples));
      return stream;
    });
    const whole = ran.filter(({ row, filledSamples }) => filledSamples + frameSamples > row.input.length);
    if (whole.length > 0) {
      const results = await this.#model.run(whole.map(({ row }) => row));
      for (const [index, stream] of whole.entries()) {
        stream.filledSamples = 0;
        stream.probability = stream.verdict ? await stream.verdict.judge(results[index]!) : results[index]!;
      }
    }
    round.forEach((index, at) => {
      probabilities[index] = ran[at]!.probability;
    });
  }

  #stream(id: number): RunnerStream {
    const known = this.#streams.get(id);
    if (known) return known;
    const { maxGainDb, createVerdict } = this.#options;
    const stream = {
      row: this.#model.createRow(),
      gain: new InputGain(maxGainDb),
      filledSamples: 0,
      probability: 0,
      ...(createVerdict ? { verdict: createVerdict() } : {}),
    };
    this.#streams.set(id, stream);
    return stream;
  }
}

/**
 * Loads an engine from its checked model. The packages of the engines other than the default are loaded only for them,
 * because an installed heed comes without these.
 * @throws HeedError `missing-tool` when they are not installed
 */
export async function createModelRunner(
  name: EngineName,
  bytes: Uint8Array,
  { maxGainDb, ...thresholds }: Thresholds & { maxGainDb: number },
): Promise<ModelRunner> {
  if (name === 'silero-v6') return new ModelRunner(new NativeModel(bytes), { maxGainDb });
  try {
    const { OnnxModel } = await import('./onnx-model.ts');
    const model = await OnnxModel.load(name, bytes);
    if (name === 'silero-v5') return new ModelRunner(model, { maxGainDb });
    const { FrameVerdict } = await import('./frame-verdict.ts');
    return new ModelRunner(model, { maxGainDb, createVerdict: () => new FrameVerdict(thresholds) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') throw missingEngine(name, error);
    throw error;
  }
}

/** Appends the newest frame to the input; the samples before it move to the front. */
function take(stream: RunnerStream, frame: Float32Array): void {
  const { input } = stream.row;
  input.copyWithin(0, frameSamples);
  stream.gain.apply(frame, input.subarray(input.length - frameSamples));
  stream.filledSamples += frameSamples;
}

/** Splits a batch into rounds with one frame of each stream: the first frame of each, the second of each, and so on. */
function toRounds(streams: Uint32Array): number[][] {
  const rounds: number[][] = [];
  const seen = new Map<number, number>();
  streams.forEach((id, index) => {
    const round = seen.get(id) ?? 0;
    seen.set(id, round + 1);
    (rounds[round] ??= []).push(index);
  });
  return rounds;
}
