import { HeedError } from '../errors.ts';
import type { AudioFormat } from './format.ts';
import { PcmStream } from './pcm-stream.ts';
import { Resampler } from './resampler.ts';
import { concatSamples } from './concat-samples.ts';
import { WavParser } from './wav-parser.ts';

/** Turns a live stream's bytes into 16 kHz mono samples, −1…1. */
export interface AudioDecoder {
  /**
   * Returns the samples that these bytes complete. `isEnd` says that a message ends with them; default: yes.
   * @throws HeedError `bad-audio`
   */
  push(bytes: Uint8Array, isEnd?: boolean): Float32Array;
  /**
   * Ends the stream and returns the samples that were still buffered.
   * @throws HeedError `bad-audio` when the stream was cut inside its header
   */
  end(): Float32Array;
}

/** Limits of a live stream's decoder. */
export interface AudioDecoderOptions {
  /** The most bytes of WAV header chunks that may come before the audio. */
  maxHeaderBytes?: number;
}

/**
 * Creates the decoder for a declared format. Bytes may be cut anywhere; in `wav-chunks` each message is a whole file.
 * @example
 * const decoder = createAudioDecoder({ encoding: 'pcm_s16le', sampleRate: 48_000, channels: 2 });
 */
export function createAudioDecoder(format: AudioFormat, options: AudioDecoderOptions = {}): AudioDecoder {
  switch (format.encoding) {
    case 'wav':
      return guard(new WavDecoder(options));
    case 'wav-chunks':
      return guard(new WavChunksDecoder(options));
    case 'pcm_s16le':
      return guard(new RawDecoder(new PcmStream({ kind: 'int', bits: 16 }, format.channels), format.sampleRate));
    case 'pcm_f32le':
      return guard(new RawDecoder(new PcmStream({ kind: 'float', bits: 32 }, format.channels), format.sampleRate));
  }
}

/** Refuses any further bytes after an error or the end of the stream. */
function guard(decoder: AudioDecoder): AudioDecoder {
  let state: 'open' | 'failed' | 'ended' = 'open';
  const call = (work: () => Float32Array): Float32Array => {
    if (state !== 'open') throw new HeedError('closed', `The audio stream has ${state}. Open another one.`);
    try {
      return work();
    } catch (error) {
      state = 'failed';
      throw error;
    }
  };
  return {
    push: (bytes, isEnd = true) => call(() => decoder.push(bytes, isEnd)),
    end() {
      const samples = call(() => decoder.end());
      state = 'ended';
      return samples;
    },
  };
}

class RawDecoder implements AudioDecoder {
  private readonly pcm: PcmStream;
  private readonly resampler: Resampler;

  constructor(pcm: PcmStream, inputRateHz: number) {
    this.pcm = pcm;
    this.resampler = new Resampler(inputRateHz);
  }

  push(bytes: Uint8Array): Float32Array {
    return this.resampler.push(this.pcm.push(bytes));
  }

  end(): Float32Array {
    return this.resampler.end();
  }
}

class WavDecoder implements AudioDecoder {
  private readonly parser: WavParser;
  private resampler: Resampler | undefined;

  constructor(options: AudioDecoderOptions) {
    this.parser = new WavParser(options);
  }

  push(bytes: Uint8Array): Float32Array {
    return this.resample(this.parser.push(bytes));
  }

  end(): Float32Array {
    const last = this.resample(this.parser.end());
    return concatSamples([last, this.resampler?.end() ?? last.subarray(0, 0)]);
  }

  private resample(samples: Float32Array): Float32Array {
    if (!this.parser.format) return samples;
    this.resampler ??= new Resampler(this.parser.format.sampleRateHz);
    return this.resampler.push(samples);
  }
}

/** The resampler outlives each file, so that no click is audible where one file ends and the next begins. */
class WavChunksDecoder implements AudioDecoder {
  private readonly options: AudioDecoderOptions;
  private parser: WavParser | undefined;
  private resampler: Resampler | undefined;
  private rateHz = 0;

  constructor(options: AudioDecoderOptions) {
    this.options = options;
  }

  push(bytes: Uint8Array, isEnd: boolean): Float32Array {
    const parser = (this.parser ??= new WavParser(this.options));
    const pushed = parser.push(bytes);
    const samples = isEnd ? concatSamples([pushed, parser.end()]) : pushed;
    if (isEnd) this.parser = undefined;
    if (!parser.format) return samples;
    const { sampleRateHz } = parser.format;
    const before = sampleRateHz === this.rateHz ? samples.subarray(0, 0) : this.end();
    if (!this.resampler) {
      this.resampler = new Resampler(sampleRateHz);
      this.rateHz = sampleRateHz;
    }
    return concatSamples([before, this.resampler.push(samples)]);
  }

  end(): Float32Array {
    const rest = this.resampler?.end() ?? new Float32Array(0);
    this.resampler = undefined;
    this.rateHz = 0;
    return rest;
  }
}
