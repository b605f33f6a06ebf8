import { createAudioDecoder, type AudioDecoder, type AudioFormat } from '../audio/index.ts';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { sampleRateHz, samplesToMs } from '../types.ts';
import { Allowance } from './allowance.ts';

/** What audio goes through on its way from a socket into a session. */
export interface AudioIntakeOptions {
  format: AudioFormat;
  config: Config;
  /** Takes 16 kHz mono samples; resolves when it can take more. */
  sink: (samples: Float32Array) => Promise<void>;
  /** A clock in ms that never goes back. */
  now: () => number;
}

/** A message may hold minutes of audio; a session takes it second by second. */
const pieceSamples = sampleRateHz;

/** Decodes one live stream and holds it to its pace. */
export class AudioIntake {
  readonly #options: AudioIntakeOptions;
  readonly #decoder: AudioDecoder;
  readonly #pace: Allowance;
  #isFed = false;

  constructor(options: AudioIntakeOptions) {
    const { format, config, now } = options;
    this.#options = options;
    this.#decoder = createAudioDecoder(format, { maxHeaderBytes: config.audio.maxWavHeaderBytes });
    this.#pace = new Allowance({ burst: config.server.maxBurstMs, perMs: config.server.maxRealTimeRate, now });
  }

  /**
   * Resolves when the audio was taken, which is the sender's backpressure. Rejects with `bad-audio`, `too-many`, and
   * what the sink rejects with.
   */
  async push(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.#isFed = true;
    await this.#pass(this.#decoder.push(bytes));
  }

  /** The stream is over: what was still inside is passed on. */
  async end(): Promise<void> {
    if (this.#isFed) await this.#pass(this.#decoder.end());
  }

  async #pass(samples: Float32Array): Promise<void> {
    const { maxRealTimeRate, maxBurstMs } = this.#options.config.server;
    if (!this.#pace.take(samplesToMs(samples.length))) {
      throw new HeedError(
        'too-many',
        `Live audio may come ${maxRealTimeRate} times as fast as it is spoken, after ${maxBurstMs / 1000} s at once; this came faster. Send it as it is recorded, or transcribe it as a file.`,
      );
    }
    for (let at = 0; at < samples.length; at += pieceSamples)
      await this.#options.sink(samples.subarray(at, at + pieceSamples));
  }
}
