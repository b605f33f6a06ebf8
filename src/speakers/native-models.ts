import { loadAddon } from '../platform/load-addon.ts';
import type { Config } from '../config/index.ts';
import { ensureNamed, readTensorValues, type WorkOptions } from '../models/index.ts';
import type { NativeEncoder } from './native-encoder.ts';
import { CamEncoder, encoderModel, type VoiceEncoder } from './voice-encoder.ts';

/** The addon. The errors it throws are plain Errors with a `code` of `errorCodes`. */
interface VoiceAddon {
  /** Takes the tensors of pyannote-segmentation by name. Throws `bad-model` where one is missing or of another size. */
  SegmentationModel: new (tensors: Record<string, Float32Array>) => {
    /** Samples at 16 kHz → frames × 3 activities; 293 frames for 5 s. */
    run(samples: Float32Array): Float32Array;
    /**
     * Returns what does the same for the windows of a stream, of which those that overlap share work, if they begin a
     * multiple of 10 samples apart.
     * @param start where the window begins in the stream, samples; never earlier than the one before
     */
    openStream(): (samples: Float32Array, start: number) => Float32Array;
  };
  /** Takes the tensors of campplus. */
  VoiceEncoder: new (tensors: Record<string, Float32Array>) => NativeEncoder;
}

/** How many local speakers the segmentation model tells apart. */
export const localSpeakers = 3;

/** The models that tell voices apart. */
export interface NativeModels {
  segmentation: InstanceType<VoiceAddon['SegmentationModel']>;
  encoder: VoiceEncoder;
}

/** Where the models are. */
export interface ModelPaths {
  segmentation: string;
  encoder: string;
}

/**
 * Fetches both models if necessary, and checks them.
 * @throws HeedError `fetch-failed`, `bad-model`, `aborted`
 */
export async function ensureVoiceModels(config: Config['models'], work: WorkOptions = {}): Promise<ModelPaths> {
  return {
    segmentation: await ensureNamed('pyannote-segmentation', config, work),
    encoder: await ensureNamed(encoderModel, config, work),
  };
}

/** Fetches both models if necessary, and loads them into this thread. @throws what the two functions throw */
export async function loadVoiceModels(config: Config['models'], work: WorkOptions = {}): Promise<NativeModels> {
  return loadNativeModels(await ensureVoiceModels(config, work));
}

/**
 * Fetches the encoder of voices if necessary, and loads it into this thread.
 * @throws HeedError `fetch-failed`, `native-failed`, `bad-model`, `aborted`
 */
export async function loadVoiceEncoder(config: Config['models'], work: WorkOptions = {}): Promise<VoiceEncoder> {
  return loadEncoder(await ensureNamed(encoderModel, config, work));
}

/** Loads both models. @throws HeedError `native-failed` when the addon is missing, `bad-model` */
export async function loadNativeModels(paths: ModelPaths): Promise<NativeModels> {
  const { SegmentationModel } = loadAddon<VoiceAddon>('voice');
  const [segmentation, encoder] = await Promise.all([readTensorValues(paths.segmentation), loadEncoder(paths.encoder)]);
  return { segmentation: new SegmentationModel(segmentation), encoder };
}

async function loadEncoder(path: string): Promise<VoiceEncoder> {
  const { VoiceEncoder } = loadAddon<VoiceAddon>('voice');
  return new CamEncoder(new VoiceEncoder(await readTensorValues(path)));
}
