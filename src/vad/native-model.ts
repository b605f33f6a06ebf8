import { loadAddon } from '../platform/load-addon.ts';
import { readTensors } from './onnx-tensors.ts';
import type { ModelRow, VoiceModel } from './voice-model.ts';

/** The addon. Errors it throws are plain Errors with a `code` of `errorCodes`. */
interface VoiceAddon {
  /** Takes the tensors of silero-v6 by name. Throws `bad-model` where one is missing or of another size. */
  VoiceModel: new (tensors: Record<string, Float32Array>) => {
    /** 576 samples and 256 values of state for each stream; the states are replaced. */
    run(inputs: Float32Array[], states: Float32Array[]): Float32Array;
  };
}

/** The end of the frame before, and a frame. */
const inputSamples = 64 + 512;
/** The output and the cell of 128 units. */
const stateSize = 2 * 128;

/**
 * Silero v6 in the addon: about a quarter of the time that onnxruntime takes (docs/decisions/voice-model-in-addon.md).
 */
export class NativeModel implements VoiceModel {
  readonly #model: InstanceType<VoiceAddon['VoiceModel']>;

  /** Takes the bytes of the checked ONNX file. @throws HeedError `native-failed` without the addon */
  constructor(bytes: Uint8Array) {
    const { VoiceModel } = loadAddon<VoiceAddon>('voice');
    this.#model = new VoiceModel(readTensors(bytes));
  }

  createRow(): ModelRow {
    return { input: new Float32Array(inputSamples), states: [new Float32Array(stateSize)] };
  }

  run(rows: readonly ModelRow[]): Float32Array {
    return this.#model.run(
      rows.map(({ input }) => input),
      rows.map(({ states }) => states[0]!),
    );
  }

  /** The garbage collector does it. */
  release(): void {}
}
