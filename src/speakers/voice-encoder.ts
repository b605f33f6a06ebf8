import { findInCatalogue } from '../models/index.ts';
import { sampleRateHz } from '../types.ts';
import { FileEncoder } from './file-encoder.ts';
import { featuresOfRow, poolVector, rowSamples, type NativeEncoder } from './native-encoder.ts';
import { StreamEncoder } from './stream-encoder.ts';

/** Describes a voice by numbers, so that one voice gives nearly the same vector each time and another one does not. */
export interface VoiceEncoder {
  /** The model's name in the catalogue, and its sha256: vectors of different models cannot be compared. */
  readonly model: string;
  readonly sha256: string;
  /** How many numbers a vector has. */
  readonly dimensions: number;
  /** What a recording of one voice at 16 kHz sounds like, of length 1; undefined when it is too short or silent. */
  vectorOf(samples: Float32Array): Float32Array | undefined;
  /**
   * What each of several voices in the same sound sounds like.
   * @param weights by voice, how much each of equally long parts of the sound tells about it, 0–1
   */
  vectorsOf(samples: Float32Array, weights: readonly Float32Array[]): (Float32Array | undefined)[];
  /** Does the same for the windows of a stream, one after the other, in blocks of so many seconds. */
  openStream(blockSeconds: number): EncoderStream;
  /** Does it for the windows of a recording that is not live. */
  openFile(): Pick<FileEncoder, 'vectorsOf'>;
}

/** Describes the voices in windows of one stream. */
export type EncoderStream = Pick<StreamEncoder, 'vectorsOf'> & { copy(): EncoderStream };

/** The name of the encoder in the catalogue. */
export const encoderModel = 'campplus';

/** CAM++: the network looks at all sound once, and a vector is made of the rows in which a voice is heard. */
export class CamEncoder implements VoiceEncoder {
  readonly model = encoderModel;
  readonly sha256 = findInCatalogue(encoderModel)!.sha256;
  readonly dimensions = 192;
  readonly #native: NativeEncoder;

  constructor(native: NativeEncoder) {
    this.#native = native;
  }

  openStream(blockSeconds: number): StreamEncoder {
    return new StreamEncoder(this.#native, Math.round((blockSeconds * sampleRateHz) / rowSamples));
  }

  openFile(): FileEncoder {
    return new FileEncoder(this.#native);
  }

  vectorOf(samples: Float32Array): Float32Array | undefined {
    return this.vectorsOf(samples, [Float32Array.of(1)])[0];
  }

  vectorsOf(samples: Float32Array, weights: readonly Float32Array[]): (Float32Array | undefined)[] {
    const features = this.#native.features(samples);
    const rows = features.length / featuresOfRow;
    return weights.map((parts) => {
      const own = Float32Array.from(
        { length: rows },
        (_, row) => parts[Math.floor(((row + 0.5) / rows) * parts.length)]!,
      );
      return poolVector(this.#native, features, own);
    });
  }
}
