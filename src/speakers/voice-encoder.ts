import { findInCatalogue } from '../models/index.ts';

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
}

/** The encoder of voices in the addon. */
export interface NativeEncoder {
  /** Samples at 16 kHz → rows of 512 features, one every 20 ms. */
  features(samples: Float32Array): Float32Array;
  /** Features, and how much each row counts → 192 numbers of length 1; zeros where no row counts. */
  pool(features: Float32Array, weights: Float32Array): Float32Array;
}

/** The name of the encoder in the catalogue. */
export const encoderModel = 'campplus';
/** The features of a row, of which there is one every 20 ms. */
const featuresOfRow = 512;
/** The fewest rows that say anything of a voice. */
const minRows = 5;

/** CAM++: the network looks at all sound once, and a vector is made of the rows in which a voice is heard. */
export class CamEncoder implements VoiceEncoder {
  readonly model = encoderModel;
  readonly sha256 = findInCatalogue(encoderModel)!.sha256;
  readonly dimensions = 192;
  readonly #native: NativeEncoder;

  constructor(native: NativeEncoder) {
    this.#native = native;
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
      if (own.reduce((sum, weight) => sum + weight, 0) < minRows) return undefined;
      const vector = this.#native.pool(features, own);
      return vector.some((value) => value !== 0) ? vector : undefined;
    });
  }
}
