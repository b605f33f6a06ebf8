import { createAudioDecoder, type AudioDecoder, type AudioFormat } from '../audio/index.ts';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { sampleRateHz, samplesToMs } from '../types.ts';
import { Allowance } from './allowance.ts';
import { Arrival } from './arrival.ts';
import { Turn } from './turn.ts';

/** What an `AudioIntake` needs. */
export interface AudioIntakeOptions {
  format: AudioFormat;
  config: Config;
  /** Takes 16 kHz mono samples, and when the last of them was spoken if they come late; resolves when it has. */
  sink: (samples: Float32Array, spokenAtMs?: number) => Promise<void>;
  /** A clock in ms that never goes back. */
  now: () => number;
}

/** How many bytes are decoded in one go, so that no message stalls the other streams: at most a few ms of work. */
const sliceBytes = 4_096;

/** How long a message is decoded before the other streams have their turn, ms. */
const turnMs = 4;

/** One message may hold minutes of audio. The session is given one second at a time, so that backpressure works. */
const pieceSamples = sampleRateHz;

/** Decodes one live stream for a session, and refuses audio that comes too fast. */
export class AudioIntake {
  readonly #options: AudioIntakeOptions;
  readonly #decoder: AudioDecoder;
  readonly #pace: Allowance;
  readonly #arrival: Arrival;
  #isFed = false;
  #takenMs = 0;
  /** What comes late: when it began to be spoken, and how much of it has come since. Undefined for live sound. */
  #late: { fromMs: number; samples: number } | undefined;

  constructor(options: AudioIntakeOptions) {
    const { format, config, now } = options;
    this.#options = options;
    this.#decoder = createAudioDecoder(format, { maxHeaderBytes: config.audio.maxWavHeaderBytes });
    this.#pace = new Allowance({ burst: config.server.maxBurstMs, perMs: config.server.maxRealTimeRate, now });
    this.#arrival = new Arrival(now);
  }

  /** How much audio has been taken, ms. */
  get takenMs(): number {
    return this.#takenMs;
  }

  /**
   * Takes encoded audio. Resolves when the sink has taken it, which gives the sender backpressure. Rejects with
   * `bad-audio`, with `too-many`, or with what the sink rejects with.
   */
  async push(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.#isFed = true;
    const cameAtMs = this.#options.now();
    const turn = new Turn(turnMs);
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      const isLast = at + sliceBytes >= bytes.length;
      await this.#pass(this.#decoder.push(bytes.subarray(at, at + sliceBytes), isLast), cameAtMs);
      await turn.pass();
    }
  }

  /** The audio that follows was recorded this long ago, and each further second of it a second later; 0 is live. */
  setAge(ageMs: number): void {
    this.#late = ageMs === 0 ? undefined : { fromMs: this.#options.now() - ageMs, samples: 0 };
    this.#arrival.restart();
  }

  /** When what comes now was spoken, on the clock `now`; undefined for live sound. */
  get spokenAtMs(): number | undefined {
    return this.#spokenAtMs(this.#options.now(), this.#arrival.lagMs);
  }

  /** Ends the stream and passes the samples that are still in the decoder to the sink. */
  async end(): Promise<void> {
    if (this.#isFed) await this.#pass(this.#decoder.end(), this.#options.now());
  }

  /**
   * A client knows better than the arrival when its sound was recorded. A lag that no command is refused for is not
   * told, because a client that was muted only seems to lag at first.
   */
  #spokenAtMs(nowMs: number, lagMs: number): number | undefined {
    if (this.#late) return Math.min(nowMs, this.#late.fromMs + samplesToMs(this.#late.samples));
    return lagMs > this.#options.config.dispatch.maxAgeMs ? nowMs - lagMs : undefined;
  }

  async #pass(samples: Float32Array, cameAtMs: number): Promise<void> {
    const { maxRealTimeRate, maxBurstMs } = this.#options.config.server;
    if (!this.#pace.take(samplesToMs(samples.length))) {
      throw new HeedError(
        'too-many',
        `After the first ${maxBurstMs / 1000} s, live audio may come at most ${maxRealTimeRate} times as fast as it ` +
          'is spoken; this came faster. Send it while it is recorded, or transcribe it as a file.',
      );
    }
    this.#takenMs += samplesToMs(samples.length);
    for (let at = 0; at < samples.length; at += pieceSamples) {
      const piece = samples.subarray(at, at + pieceSamples);
      if (this.#late) this.#late.samples += piece.length;
      const lagMs = this.#arrival.take(samplesToMs(piece.length), cameAtMs);
      await this.#options.sink(piece, this.#spokenAtMs(cameAtMs, lagMs));
    }
  }
}
