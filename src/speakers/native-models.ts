import { loadAddon } from '../platform/load-addon.ts';
import type { Config } from '../config/index.ts';
import { ensureNamed, melFilters, readTensorValues, type WorkOptions } from '../models/index.ts';

/** The addon. The errors it throws are plain Errors with a `code` of `errorCodes`. */
interface VoiceAddon {
  /** Takes the tensors of pyannote-segmentation by name. Throws `bad-model` where one is missing or of another size. */
  SegmentationModel: new (tensors: Record<string, Float32Array>) => {
    /** Samples at 16 kHz → frames × 3 activities; 293 frames for 5 s. */
    run(samples: Float32Array): Float32Array;
  };
  /** Takes the tensors of resemblyzer, and the filter bank as `mel`. */
  SpeakerModel: new (tensors: Record<string, Float32Array>) => {
    /** Samples at 16 kHz → rows of 40 powers of the 25 ms around every 160th sample. */
    spectrogram(samples: Float32Array): Float32Array;
    /** Pieces of a spectrogram, all of the same length → 256 numbers each, one after the other. */
    embed(pieces: readonly Float32Array[]): Float32Array;
  };
}

/** How many local speakers the segmentation model tells apart. */
export const localSpeakers = 3;
/** The mel bands of a row of a spectrogram, and the time from one row to the next, samples. */
export const [melBands, hopSamples] = [40, 160];
/** The numbers that a voice is described by. */
export const dimensions = 256;

/** The model whose numbers describe a voice, as the catalogue has it. */
export const encoderName = 'resemblyzer';

/** The models that tell voices apart, in the addon. */
export interface NativeModels {
  segmentation: InstanceType<VoiceAddon['SegmentationModel']>;
  encoder: InstanceType<VoiceAddon['SpeakerModel']>;
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
    encoder: await ensureNamed(encoderName, config, work),
  };
}

/** Fetches both models if necessary, and loads them into this thread. @throws what the two functions throw */
export async function loadVoiceModels(config: Config['models']): Promise<NativeModels> {
  return loadNativeModels(await ensureVoiceModels(config));
}

/** Loads both models. @throws HeedError `native-failed` when the addon is missing, `bad-model` */
export async function loadNativeModels(paths: ModelPaths): Promise<NativeModels> {
  const { SegmentationModel, SpeakerModel } = loadAddon<VoiceAddon>('voice');
  const [segmentation, encoder] = await Promise.all([
    readTensorValues(paths.segmentation),
    readTensorValues(paths.encoder),
  ]);
  return {
    segmentation: new SegmentationModel(segmentation),
    encoder: new SpeakerModel({ ...encoder, mel: melFilters(melBands) }),
  };
}
